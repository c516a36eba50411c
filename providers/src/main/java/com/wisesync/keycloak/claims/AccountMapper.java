package com.wisesync.keycloak.claims;

import com.wisesync.keycloak.OptIn;
import com.wisesync.keycloak.Versioned;
import com.wisesync.keycloak.access.AccessRules;
import java.util.List;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperContainerModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ProtocolMapperConfigException;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.IDToken;

/**
 * Adds account, role and companies to the tokens of applications, as they are when the token is issued, not at login. Long
 * lists of companies are omitted from access and ID tokens, which are sent in headers and URLs, and included in userinfo and
 * introspection.
 *
 * <p>Stateless: it is its own factory, and Keycloak calls the one instance from many threads.
 */
public final class AccountMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper,
                OIDCIDTokenMapper,
                UserInfoTokenMapper,
                TokenIntrospectionTokenMapper,
                Versioned {

    public static final String ID = "wise-sync-account-mapper";

    private static final List<ProviderConfigProperty> PROPERTIES = AccountMapperConfigProperties.all();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getDisplayType() {
        return "Wise-Sync account, role and companies";
    }

    @Override
    public String getHelpText() {
        return "wiseSyncAccountMapper.tooltip";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return PROPERTIES;
    }

    @Override
    public void validateConfig(
            KeycloakSession session,
            RealmModel realm,
            ProtocolMapperContainerModel container,
            ProtocolMapperModel mapperModel)
            throws ProtocolMapperConfigException {
        new AccountMapperConfig(mapperModel).validate();
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel mappingModel,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext clientSessionContext) {
        set(token, session, userSession, new AccountMapperConfig(mappingModel).maxCompaniesInTokens());
    }

    @Override
    public AccessToken transformUserInfoToken(
            AccessToken token,
            ProtocolMapperModel mappingModel,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext clientSessionContext) {
        if (OIDCAttributeMapperHelper.includeInUserInfo(mappingModel)) {
            set(token, session, userSession, Integer.MAX_VALUE);
        }
        return token;
    }

    @Override
    public AccessToken transformIntrospectionToken(
            AccessToken token,
            ProtocolMapperModel mappingModel,
            KeycloakSession session,
            UserSessionModel userSession,
            ClientSessionContext clientSessionContext) {
        if (OIDCAttributeMapperHelper.includeInIntrospection(mappingModel)) {
            set(token, session, userSession, Integer.MAX_VALUE);
        }
        return token;
    }

    private static void set(IDToken token, KeycloakSession session, UserSessionModel userSession, int maxCompanies) {
        AccountClaims.clear(token);
        if (OptIn.isActive(userSession.getRealm())) {
            new AccessRules(session)
                    .findCached(userSession.getUser())
                    .ifPresent(access -> AccountClaims.set(token, access, maxCompanies));
        }
    }
}
