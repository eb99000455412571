/// Why waiting for a database ended without a session.
package struct Unavailability: Error {
    package let error: DatabaseError
    package let failureClass: FailureClass
    package let attempts: Int

    package init(error: DatabaseError, failureClass: FailureClass, attempts: Int) {
        self.error = error
        self.failureClass = failureClass
        self.attempts = attempts
    }
}
