# The production server: Keycloak's image with the extension's two jars, built for a fast start, and the realm.
# Built from the root of the source tree after `mvn package`; see docker-compose.yml.
ARG KEYCLOAK_IMAGE=quay.io/keycloak/keycloak:26.7.5

FROM ${KEYCLOAK_IMAGE} AS build
COPY --chown=1000:0 providers/target/wise-sync-providers-*.jar themes/target/wise-sync-themes-*.jar /opt/keycloak/providers/
RUN ["/opt/keycloak/bin/kc.sh", "build", "--db=postgres", "--health-enabled=true", "--metrics-enabled=true", \
     "--vault=file"]

FROM ${KEYCLOAK_IMAGE}
# "production" has no account, user or secret; "demo" has all three.
ARG REALM=production
COPY --from=build --chown=1000:0 /opt/keycloak/lib/quarkus /opt/keycloak/lib/quarkus
COPY --from=build --chown=1000:0 /opt/keycloak/providers /opt/keycloak/providers
COPY --chown=1000:0 realm-config/target/realm/${REALM} /opt/keycloak/data/import
COPY --chown=1000:0 realm-config/src/main/docker/wise-sync-start realm-config/src/main/docker/wise-sync-ready realm-config/src/main/docker/wise-sync-check /opt/keycloak/bin/
USER 1000
ENTRYPOINT ["/opt/keycloak/bin/wise-sync-start"]
CMD ["start", "--optimized", "--import-realm"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=6 CMD ["/opt/keycloak/bin/wise-sync-ready"]
