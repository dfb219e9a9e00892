# The image of Portcullis:
#
#   mvn -B -DskipTests package
#   docker build --tag portcullis .
#
# The jar is the one that Maven made, not one made here: so what runs is the file that was tested and whose checksum was
# published, and a build of the image fetches nothing but its two bases. Both may be others, given by digest: the first with
# a JDK 25 or newer and a POSIX shell, the second with glibc and nothing else.
ARG BUILD_BASE=eclipse-temurin:25-jdk-noble@sha256:264fafc3390db78c93dc51da0109a0d66ad1fb59f7a893f12b7e3df1f15e52da
ARG RUNTIME_BASE=gcr.io/distroless/base-nossl-debian13:nonroot@sha256:8c563c1fb5e120606f0d85733049775faed6192e2bd2223ef283a5393eec22b9

FROM ${RUNTIME_BASE} AS runtime

FROM ${BUILD_BASE} AS build
# The time that every file bears, in seconds since 1970: the same input gives the same layers.
ARG SOURCE_DATE_EPOCH=1795478400
ENV PORTCULLIS_DATA=/tmp/portcullis
WORKDIR /build
COPY --from=runtime / /image/
COPY target/portcullis.jar src/main/image/Training.java ./
# The second base without setuid and setgid bits, which nothing here needs; the layers of the jar; a JVM of the modules that it
# uses; the times, since the cache holds for files of these times alone; and the cache of classes, made by a server that
# judges. Its flags are those of ENTRYPOINT: it holds for them alone.
RUN set -eu; \
    find /image -xdev -perm /6000 -type f -exec chmod a-s {} +; \
    java -Djarmode=tools -jar portcullis.jar extract --layers --destination layers; \
    mkdir -p /app /opt/java; \
    cp -R layers/dependencies/. layers/application/. /app; \
    modules=$(jdeps --ignore-missing-deps --multi-release 25 --print-module-deps --recursive \
      --class-path '/app/lib/*' /app/portcullis.jar); \
    jlink --add-modules "$modules" --no-header-files --no-man-pages --output /opt/java/jre; \
    find /app /opt/java/jre layers -exec touch -d "@$SOURCE_DATE_EPOCH" {} +; \
    java Training.java /opt/java/jre/bin/java -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
      -XX:AOTCacheOutput=/build/portcullis.aot -jar /app/portcullis.jar serve; \
    touch -d "@$SOURCE_DATE_EPOCH" portcullis.aot

FROM scratch
ARG VERSION=
ARG REVISION=
ARG CREATED=
LABEL org.opencontainers.image.title="Portcullis" \
      org.opencontainers.image.description="The gate in front of every container: one hardening policy for Kubernetes pods and Docker containers." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.created="$CREATED"
# Loopback would be the container's own. All that is ever written is below /tmp.
ENV PORTCULLIS_ADMISSION_ADDRESS=0.0.0.0 PORTCULLIS_DATA=/tmp/portcullis
COPY --from=build /image/ /
COPY --from=build /opt/java/jre /opt/java/jre
COPY --from=build /build/layers/dependencies/ /app/
COPY --from=build /build/layers/application/ /app/
COPY --from=build /build/portcullis.aot /app/portcullis.aot
USER 10001:10001
EXPOSE 8443 9090
# Without the cache, which is for the server and costs more to map than this small program saves.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["/opt/java/jre/bin/java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m", "-cp", "/app/portcullis.jar", "dev.portcullis.app.Healthcheck"]
ENTRYPOINT ["/opt/java/jre/bin/java", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-XX:AOTCache=/app/portcullis.aot", "-jar", "/app/portcullis.jar"]
CMD ["serve"]
