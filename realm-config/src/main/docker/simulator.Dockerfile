# Wise-Pay as the demo needs it: test code, and no part of what is shipped. Keycloak's image only lends its Java.
ARG KEYCLOAK_IMAGE=quay.io/keycloak/keycloak:26.7.5
FROM ${KEYCLOAK_IMAGE}
COPY realm-config/target/simulator/lib /opt/simulator/lib
COPY realm-config/target/test-classes/com /opt/simulator/classes/com
COPY realm-config/src/main/docker/wise-sync-ready /opt/keycloak/bin/
USER 1000
EXPOSE 8090
ENTRYPOINT ["java", "-Xmx64m", "-cp", "/opt/simulator/classes:/opt/simulator/lib/*", "com.wisesync.keycloak.simulator.Serve"]
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s CMD ["/opt/keycloak/bin/wise-sync-ready", "8090", "/"]
