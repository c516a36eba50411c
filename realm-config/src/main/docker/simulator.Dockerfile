# The Wise-Pay simulator of the demo. It is not part of the product. The Keycloak image is only used for its Java.
ARG KEYCLOAK_IMAGE=quay.io/keycloak/keycloak:26.7.5
FROM ${KEYCLOAK_IMAGE}
COPY tests/target/simulator/lib /opt/simulator/lib
COPY tests/target/classes/com /opt/simulator/classes/com
COPY realm-config/src/main/docker/wise-sync-ready /opt/keycloak/bin/
USER 1000
EXPOSE 8090
ENTRYPOINT ["java", "-Xmx64m", "-cp", "/opt/simulator/classes:/opt/simulator/lib/*", "com.wisesync.keycloak.simulator.Serve"]
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s CMD ["/opt/keycloak/bin/wise-sync-ready", "8090", "/"]
