package com.wisesync.keycloak.profile;

import com.wisesync.keycloak.LastLogin;
import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.account.ScimLink;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Skips mappers of identity providers that write an attribute with access or state of this extension: otherwise a user who
 * controls a claim could choose the own companies. Mappers write to the user model directly, which publishes no event
 * (HardcodedAttributeMapper.updateBrokeredUser, 26.7). The admin API still lists them.
 *
 * <p>Answers all calls of {@link IdentityProviderStorageProvider} with Keycloak's provider; only the list of mappers that a login
 * applies is filtered.
 */
final class MapperGuard implements InvocationHandler {

    static final Set<String> ATTRIBUTES = Set.of(
            Company.USER_ATTRIBUTE,
            LastLogin.ATTRIBUTE,
            // Of packages that this one does not know.
            "last-language",
            "two-factor-declined-at",
            ScimLink.ATTRIBUTE,
            ScimLink.EXTERNAL_ID,
            ScimLink.MODIFIED);

    /** In the configuration of the mappers of OpenID Connect and SAML, of social providers, and of the hardcoded attribute. */
    private static final Set<String> KEYS = Set.of("user.attribute", "userAttribute", "attribute");

    private static final Logger LOG = Logger.getLogger(MapperGuard.class);

    private final KeycloakSession session;
    private final IdentityProviderStorageProvider keycloak;

    MapperGuard(KeycloakSession session, IdentityProviderStorageProvider keycloak) {
        this.session = session;
        this.keycloak = keycloak;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        if (method.getName().equals("getMappersByAliasStream") && isGuarded()) {
            return keycloak.getMappersByAliasStream((String) args[0]).filter(MapperGuard::isHarmless);
        }
        try {
            return method.invoke(keycloak, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The path is that of the admin API where an administrator reads or edits the mappers. */
    private boolean isGuarded() {
        RealmModel realm = session.getContext().getRealm();
        return realm != null
                && OptIn.isActive(realm)
                && session.getContext().getHttpRequest() != null
                && Stream.of(session.getContext().getUri().getPath().split("/"))
                        .filter(segment -> !segment.isEmpty())
                        .findFirst()
                        .filter("realms"::equals)
                        .isPresent();
    }

    private static boolean isHarmless(IdentityProviderMapperModel mapper) {
        Map<String, String> config = mapper.getConfig();
        boolean harmless = config == null
                || KEYS.stream().map(config::get).noneMatch(name -> name != null && ATTRIBUTES.contains(name));
        if (!harmless) {
            LOG.warnf(
                    "A login does not write attributes of Wise-Sync: mapper '%s' of identity provider '%s' is skipped. Remove it",
                    mapper.getName(), mapper.getIdentityProviderAlias());
        }
        return harmless;
    }
}
