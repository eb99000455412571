/// The object goes with the process: to free the thousands of files that a run has read takes longer than to end.
func neverFreed<Object: AnyObject>(_ object: Object) -> Object {
    _ = unsafe Unmanaged.passRetained(object)
    return object
}
