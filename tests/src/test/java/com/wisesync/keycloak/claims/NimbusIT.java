package com.wisesync.keycloak.claims;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import com.sun.net.httpserver.HttpServer;
import com.wisesync.keycloak.testing.Application;
import com.wisesync.keycloak.testing.DemoAccounts;
import com.wisesync.keycloak.testing.Login;
import com.wisesync.keycloak.testing.Person;
import com.wisesync.keycloak.testing.Testbed;
import com.wisesync.keycloak.testing.WebPage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** An application built on Nimbus' OAuth SDK, whose validators check Keycloak's answers. */
class NimbusIT {

    private static final ClientID CLIENT = new ClientID("wise-pay");
    private static final ClientSecretBasic AUTHENTICATION =
            new ClientSecretBasic(CLIENT, new Secret("wise-pay-secret"));
    private static final URI REDIRECT = URI.create(Application.WISE_PAY.redirect());

    private final Testbed testbed = Testbed.get();
    private final Login login = testbed.login(Application.WISE_PAY);

    @Test
    void logsInRefreshesAndReadsUserinfo() throws Exception {
        OIDCProviderMetadata provider = provider();
        Person merchant = testbed.people().create(DemoAccounts.ACME, "merchant-user");

        OIDCTokenResponse tokens = logIn(provider, merchant);
        OIDCTokenResponse refreshed = (OIDCTokenResponse) refresh(provider, tokens);
        UserInfoResponse userinfo = UserInfoResponse.parse(new UserInfoRequest(
                        provider.getUserInfoEndpointURI(),
                        refreshed.getOIDCTokens().getBearerAccessToken())
                .toHTTPRequest()
                .send());
        TokenIntrospectionResponse introspection = TokenIntrospectionResponse.parse(new TokenIntrospectionRequest(
                        provider.getIntrospectionEndpointURI(),
                        AUTHENTICATION,
                        refreshed.getOIDCTokens().getAccessToken())
                .toHTTPRequest()
                .send());

        assertThat(userinfo.toSuccessResponse().getUserInfo().getStringClaim("account_role"))
                .isEqualTo("merchant-user");
        assertThat(introspection.toSuccessResponse().isActive()).isTrue();
        assertThat(introspection.toSuccessResponse().getStringParameter("company_access"))
                .isEqualTo("none");
    }

    @Test
    void aDisabledUserGetsNoNewToken() throws Exception {
        OIDCProviderMetadata provider = provider();
        Person merchant = testbed.people().create(DemoAccounts.ACME, "merchant-user");
        OIDCTokenResponse tokens = logIn(provider, merchant);
        UserRepresentation user = testbed.realm().users().get(merchant.id()).toRepresentation();
        user.setEnabled(false);
        testbed.realm().users().get(merchant.id()).update(user);

        assertThat(refresh(provider, tokens).indicatesSuccess()).isFalse();
    }

    @Test
    void aBackChannelLogoutReachesTheApplication() throws Exception {
        OIDCProviderMetadata provider = provider();
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/logout", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        application.start();
        backchannel(testbed.server().urlSeenFromIt(application.getAddress().getPort()) + "/logout");
        try {
            OIDCTokenResponse tokens = logIn(provider, testbed.people().create(DemoAccounts.ACME, "merchant-user"));
            URI logout = new LogoutRequest(
                            provider.getEndSessionEndpointURI(),
                            tokens.getOIDCTokens().getIDToken(),
                            REDIRECT,
                            null)
                    .toURI();

            WebPage after = login.visitor().open(logout.toString());

            assertThat(after.uri().toString()).startsWith(REDIRECT.toString());
            String body = received.poll(20, TimeUnit.SECONDS);
            assertThat(body).startsWith("logout_token=");
            LogoutTokenClaimsSet claims = new LogoutTokenValidator(
                            provider.getIssuer(),
                            CLIENT,
                            JWSAlgorithm.RS256,
                            provider.getJWKSetURI().toURL())
                    .validate(JWTParser.parse(body.substring("logout_token=".length())));
            assertThat(claims.getSubject().getValue())
                    .isEqualTo(tokens.getOIDCTokens()
                            .getIDToken()
                            .getJWTClaimsSet()
                            .getSubject());
        } finally {
            backchannel("");
            application.stop(0);
        }
    }

    private OIDCProviderMetadata provider() throws Exception {
        return OIDCProviderMetadata.resolve(new Issuer(testbed.server().realmUrl()));
    }

    private OIDCTokenResponse logIn(OIDCProviderMetadata provider, Person person) throws Exception {
        CodeVerifier verifier = new CodeVerifier();
        Nonce nonce = new Nonce();
        AuthenticationRequest request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid"), CLIENT, REDIRECT)
                .endpointURI(provider.getAuthorizationEndpointURI())
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .state(new State())
                .nonce(nonce)
                .build();
        WebPage last = login.through(login.visitor().open(request.toURI().toString()), person, testbed.mailbox());
        TokenRequest exchange = new TokenRequest.Builder(
                        provider.getTokenEndpointURI(),
                        AUTHENTICATION,
                        new AuthorizationCodeGrant(
                                AuthenticationResponseParser.parse(last.uri())
                                        .toSuccessResponse()
                                        .getAuthorizationCode(),
                                REDIRECT,
                                verifier))
                .build();
        OIDCTokenResponse tokens = (OIDCTokenResponse)
                OIDCTokenResponseParser.parse(exchange.toHTTPRequest().send()).toSuccessResponse();
        new IDTokenValidator(
                        provider.getIssuer(),
                        CLIENT,
                        JWSAlgorithm.RS256,
                        provider.getJWKSetURI().toURL())
                .validate(tokens.getOIDCTokens().getIDToken(), nonce);
        return tokens;
    }

    private static TokenResponse refresh(OIDCProviderMetadata provider, OIDCTokenResponse tokens) throws Exception {
        TokenResponse response = OIDCTokenResponseParser.parse(new TokenRequest.Builder(
                        provider.getTokenEndpointURI(),
                        AUTHENTICATION,
                        new RefreshTokenGrant(tokens.getOIDCTokens().getRefreshToken()))
                .build()
                .toHTTPRequest()
                .send());
        return response.indicatesSuccess() ? response.toSuccessResponse() : response;
    }

    private void backchannel(String address) {
        ClientRepresentation client =
                testbed.realm().clients().findByClientId(CLIENT.getValue()).get(0);
        client.getAttributes().put("backchannel.logout.url", address);
        testbed.realm().clients().get(client.getId()).update(client);
    }
}
