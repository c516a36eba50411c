package com.wisesync.keycloak.lifecycle;

import com.wisesync.keycloak.access.CommittedAccess;
import com.wisesync.keycloak.outbox.Digest;
import jakarta.persistence.EntityManager;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;

/** The settings of a client that receives lifecycle events. */
final class LifecycleClient {

    /** Where the events are sent. */
    static final String URL = "wise-sync.lifecycle.url";

    /** The Vault reference of the secret that they are signed with. */
    static final String SECRET = "wise-sync.lifecycle.secret";

    /** The address to which all users were sent; written by this extension. */
    static final String SENT_TO = "wise-sync.lifecycle.sent-to";

    /** Only entries of this form: otherwise a client could be made to sign with the secret of another system. */
    private static final Pattern SECRET_FORM = Pattern.compile("\\$\\{vault\\.lifecycle-[A-Za-z0-9-]{1,64}}");

    private static final int PREFIX_LENGTH = 16;
    private static final int OWNER_LENGTH = 64;

    private final ClientModel client;

    LifecycleClient(ClientModel client) {
        this.client = client;
    }

    /** Whether this client receives lifecycle events. */
    static boolean receivesEvents(ClientModel client) {
        return client.isEnabled() && hasText(client.getAttribute(URL));
    }

    /** Whether one of the attributes that an administrator sets is present. */
    static boolean hasSettings(ClientModel client) {
        return hasText(client.getAttribute(URL)) || hasText(client.getAttribute(SECRET));
    }

    /** The ids of the clients of a realm that receive lifecycle events. */
    static List<String> idsOf(EntityManager em, String realmId) {
        return em.createQuery(
                        "SELECT a.client.id FROM ClientAttributeEntity a WHERE a.name = :name"
                                + " AND a.client.realmId = :realm AND a.client.enabled = true",
                        String.class)
                .setParameter("name", URL)
                .setParameter("realm", realmId)
                .getResultList();
    }

    /** The first characters of the owners of all entries to this client. */
    static String ownerPrefix(String clientId) {
        return Digest.hex(clientId).substring(0, PREFIX_LENGTH);
    }

    /** The owner of the entries about one user to one client, which are sent in order. */
    static String ownerId(String clientId, String userId) {
        return ownerPrefix(clientId) + Digest.hex(userId).substring(0, OWNER_LENGTH - PREFIX_LENGTH);
    }

    /** Whether any role may enter the client. */
    boolean isEnterable() {
        return CommittedAccess.isEnterable(client);
    }

    /**
     * The address; empty if it is invalid.
     *
     * @param httpAllowed whether it may be an http address, which others can read
     */
    Optional<URI> url(boolean httpAllowed) {
        try {
            URI url = new URI(client.getAttribute(URL).strip());
            boolean secure = "https".equalsIgnoreCase(url.getScheme())
                    || (httpAllowed && "http".equalsIgnoreCase(url.getScheme()));
            return secure && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The Vault reference; empty if it is missing or has another form. */
    Optional<String> secret() {
        return Optional.ofNullable(client.getAttribute(SECRET))
                .map(String::strip)
                .filter(reference -> SECRET_FORM.matcher(reference).matches());
    }

    private static boolean hasText(String value) {
        return value != null && !value.isBlank();
    }
}
