FROM stand-in/debian
RUN useradd --uid 1000 --gid 0 --home-dir /opt/keycloak keycloak
COPY --chown=1000:0 keycloak /opt/keycloak
# As in the published image: data exists, and the group has the user's write permissions.
RUN mkdir -p /opt/keycloak/data && chown 1000:0 /opt/keycloak/data && chmod -R g+rwX /opt/keycloak
ENV LANG=C.UTF-8 KC_RUN_IN_CONTAINER=true
USER 1000
EXPOSE 8080 8443 9000
ENTRYPOINT ["/opt/keycloak/bin/kc.sh"]
