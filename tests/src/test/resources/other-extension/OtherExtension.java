package example.other;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Another extension: disables users without an event. */
public final class OtherExtension implements RealmResourceProviderFactory {

    @Override
    public String getId() {
        return "other";
    }

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                return new Switch(session);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    public static final class Switch {

        private final KeycloakSession session;

        Switch(KeycloakSession session) {
            this.session = session;
        }

        @POST
        @Path("off/{user}")
        public void off(@PathParam("user") String user) {
            session.users()
                    .getUserById(session.getContext().getRealm(), user)
                    .setEnabled(false);
        }

        /** The change is flushed to the database, but not committed. */
        @POST
        @Path("off-and-fail/{user}")
        public void offAndFail(@PathParam("user") String user) {
            off(user);
            session.getProvider(JpaConnectionProvider.class).getEntityManager().flush();
            throw new IllegalStateException("An error of its own");
        }
    }
}
