# Two images:
#
#   apus      (default)  the static binary, a CA bundle and a user; nothing else. Derive from it:
#                            FROM apus
#                            COPY migrations /migrations
#   pg-dump              Debian with the binary, pg_dump and the backup hooks in /hooks
#
#   docker build -t apus --build-arg APUS_VERSION=1.2.3 --build-arg APUS_COMMIT=$(git rev-parse HEAD) .
#   docker build -t apus:pg-dump --target pg-dump .

ARG SWIFT_IMAGE=swift:6.3-bookworm
# The newest client: pg_dump refuses servers that are newer than itself.
ARG PG_DUMP_IMAGE=debian:trixie-slim

# ---- the binary

FROM ${SWIFT_IMAGE} AS build
WORKDIR /src
# libpq and libcurl first: they are compiled again only when their script changes, not with every edit of a source.
COPY scripts/build-static-libraries scripts/debian-mirror scripts/
COPY scripts/patches scripts/patches
RUN scripts/build-static-libraries
COPY . .
ARG APUS_VERSION
ARG APUS_COMMIT
RUN scripts/build-static

# What the final image holds, put together here because it has no shell of its own.
RUN mkdir -p /image/etc/ssl/certs /image/usr/lib/ssl /image/usr/local/bin /image/licenses \
    && install -d -m 1777 /image/tmp \
    && cp dist/apus /image/apus \
    && ln -s /apus /image/usr/local/bin/apus \
    && cp LICENSE dist/libraries.txt dist/licenses/* /image/licenses/ \
    && cp /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ \
    # Where OpenSSL looks for sslrootcert=system.
    && ln -s /etc/ssl/certs/ca-certificates.crt /image/usr/lib/ssl/cert.pem \
    && printf 'root:x:0:0:root:/:/sbin/nologin\napus:x:65532:65532:apus:/:/sbin/nologin\n' > /image/etc/passwd \
    && printf 'root:x:0:\napus:x:65532:\n' > /image/etc/group

# ---- with pg_dump and the backup hooks

FROM ${PG_DUMP_IMAGE} AS pg-dump
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates postgresql-client \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log \
    && echo 'apus:x:65532:65532:apus:/:/usr/sbin/nologin' >> /etc/passwd \
    && echo 'apus:x:65532:' >> /etc/group \
    && ln -s /apus /usr/local/bin/apus
COPY --from=build /image/apus /apus
COPY --from=build /image/licenses /licenses
COPY examples/hooks /hooks
# A numeric user lets Kubernetes prove runAsNonRoot; any other one works too, and so does a read-only root.
USER 65532:65532
WORKDIR /
# A crash report prints memory near the registers, and memory holds passwords.
ENV APUS_MIGRATIONS=/migrations SWIFT_BACKTRACE=enable=no
ENTRYPOINT ["/apus"]
CMD ["run"]
ARG APUS_VERSION
ARG APUS_COMMIT
LABEL org.opencontainers.image.title="apus (pg-dump)" \
      org.opencontainers.image.description="Migrates databases from plain SQL files, as one container job; with pg_dump" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${APUS_VERSION}" \
      org.opencontainers.image.revision="${APUS_COMMIT}"

# ---- the image

FROM scratch AS apus
COPY --from=build /image /
USER 65532:65532
WORKDIR /
ENV APUS_MIGRATIONS=/migrations SWIFT_BACKTRACE=enable=no
ENTRYPOINT ["/apus"]
CMD ["run"]
ARG APUS_VERSION
ARG APUS_COMMIT
LABEL org.opencontainers.image.title="apus" \
      org.opencontainers.image.description="Migrates databases from plain SQL files, as one container job" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${APUS_VERSION}" \
      org.opencontainers.image.revision="${APUS_COMMIT}"
