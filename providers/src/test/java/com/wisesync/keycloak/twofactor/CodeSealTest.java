package com.wisesync.keycloak.twofactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

class CodeSealTest {

    private static final String CODE = "123456";

    private final CodeSeal seal = sealUnder("the realm's key");
    private final AuthenticationSessionModel login = login("root", "tab", "uma");

    @Test
    void verifiesTheCode() {
        assertThat(seal.matches(pending("id"), CODE, login)).isTrue();
    }

    @Test
    void refusesAnyOtherCode() {
        assertThat(seal.matches(pending("id"), "123457", login)).isFalse();
        assertThat(seal.matches(pending("id"), "", login)).isFalse();
    }

    @Test
    void doesNotHoldTheCodeItself() {
        assertThat(pending("id").seal()).doesNotContain(CODE);
    }

    @Test
    void bindsTheCodeToItsLogin() {
        assertThat(seal.matches(pending("id"), CODE, login("other", "tab", "uma")))
                .isFalse();
        assertThat(seal.matches(pending("id"), CODE, login("root", "other", "uma")))
                .isFalse();
        assertThat(seal.matches(pending("id"), CODE, login("root", "tab", "gus")))
                .isFalse();
    }

    @Test
    void sealsTheSameCodeDifferentlyEachTime() {
        assertThat(pending("one").seal()).isNotEqualTo(pending("two").seal());
    }

    @Test
    void dependsOnTheRealmsKey() {
        assertThat(sealUnder("another key").matches(pending("id"), CODE, login)).isFalse();
    }

    @Test
    void generatesCodesThatStartWithAnyDigit() {
        var codes = IntStream.range(0, 500).mapToObj(i -> CodeSeal.newCode(6)).toList();

        assertThat(codes).allMatch(code -> code.matches("\\d{6}"));
        assertThat(codes.stream().map(code -> code.charAt(0)).collect(Collectors.toSet()))
                .hasSize(10);
    }

    private PendingCode pending(String id) {
        return new PendingCode(id, seal.seal(CODE, id, login), 0, 300, "slot", "uma@acme.example");
    }

    private static CodeSeal sealUnder(String key) {
        return new CodeSeal(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    }

    private static AuthenticationSessionModel login(String root, String tab, String userId) {
        RealmModel realm = mock();
        when(realm.getId()).thenReturn("realm");
        UserModel user = mock();
        when(user.getId()).thenReturn(userId);
        RootAuthenticationSessionModel parent = mock();
        when(parent.getId()).thenReturn(root);
        AuthenticationSessionModel login = mock();
        when(login.getRealm()).thenReturn(realm);
        when(login.getAuthenticatedUser()).thenReturn(user);
        when(login.getParentSession()).thenReturn(parent);
        when(login.getTabId()).thenReturn(tab);
        return login;
    }
}
