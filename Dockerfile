# The image of one application: docker build --build-arg MODULE=gateway -t tandem/gateway .
# Both applications come from the same build stage, which therefore runs once for the two of them.

FROM eclipse-temurin:25-jdk AS build
# Maven's wrapper checks the digest of a .zip.
RUN command -v unzip >/dev/null \
 || { apt-get update -qq && apt-get install -y -qq --no-install-recommends unzip && rm -rf /var/lib/apt/lists/*; }
WORKDIR /build
COPY . .
# Dependencies and Maven itself are kept apart from the code, in a cache that outlives this layer.
RUN --mount=type=cache,id=tandem-maven,target=/root/.m2,sharing=locked \
    ./mvnw -B -ntp -q -Dmaven.test.skip=true -pl web-app,gateway -am package \
 && for module in web-app gateway; do \
      java -Djarmode=tools -jar "$module/target/$module-"*-exec.jar extract --layers \
        --application-filename application.jar --destination "extracted/$module"; \
    done

FROM eclipse-temurin:25-jre
ARG MODULE
LABEL org.opencontainers.image.title="tandem/$MODULE" \
      org.opencontainers.image.licenses="Apache-2.0"
# Where an application keeps what outlives its container; a volume that is mounted there gets its owner.
RUN groupadd --system --gid 10001 tandem \
 && useradd --system --uid 10001 --gid 10001 --home-dir /var/lib/tandem --no-create-home --shell /usr/sbin/nologin tandem \
 && install -d -o 10001 -g 10001 -m 0700 /var/lib/tandem /var/lib/tandem/state /var/lib/tandem/tls
WORKDIR /app
COPY --from=build /build/extracted/$MODULE/dependencies/ ./
COPY --from=build /build/extracted/$MODULE/snapshot-dependencies/ ./
COPY --from=build /build/extracted/$MODULE/application/ ./
COPY ops/image/jvm.options ops/image/health ./
COPY ops/image/options/$MODULE module.options
# The JVM that will run the application learns its classes here: it accepts the cache only with the same class path and files.
# Neither a database nor another node is needed. The heap and what is logged as in a container are this run's own.
RUN --mount=type=bind,source=ops/image/training,target=/training \
    LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs java @jvm.options @module.options -Xmx512m -XX:AOTCacheOutput=application.aot @/training/$MODULE \
      >/tmp/training.log 2>&1 \
 && test -s application.aot || { cat /tmp/training.log; exit 1; } \
 && rm -rf /tmp/*
USER 10001:10001
HEALTHCHECK --interval=5s --timeout=3s --start-period=120s --start-interval=1s --retries=3 CMD ["/app/health"]
ENTRYPOINT ["java", "@/app/jvm.options", "@/app/module.options", "-XX:AOTCache=/app/application.aot", "-jar", "/app/application.jar"]
