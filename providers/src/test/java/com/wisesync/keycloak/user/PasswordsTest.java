package com.wisesync.keycloak.user;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wisesync.keycloak.Refusal;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.policy.NotContainsUsernamePasswordPolicyProvider;
import org.keycloak.policy.PasswordPolicyManagerProvider;
import org.keycloak.policy.PolicyError;

class PasswordsTest {

    private final Passwords passwords = new Passwords(session());

    @Test
    void thePolicyAppliesToUsernameAndEmail() {
        assertThatThrownBy(() -> passwords.check("my a@b.example", "a@b.example", "c@d.example"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> passwords.check("my c@d.example", "a@b.example", "c@d.example"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void missingNamesAreNotCompared() {
        assertThatCode(() -> passwords.check("correct horse", "", "")).doesNotThrowAnyException();
        assertThatCode(() -> passwords.check("correct horse", "a@b.example", null))
                .doesNotThrowAnyException();
    }

    private static KeycloakSession session() {
        NotContainsUsernamePasswordPolicyProvider policy =
                new NotContainsUsernamePasswordPolicyProvider(proxy(KeycloakContext.class, null));
        PasswordPolicyManagerProvider manager = (PasswordPolicyManagerProvider) Proxy.newProxyInstance(
                PasswordsTest.class.getClassLoader(),
                new Class<?>[] {PasswordPolicyManagerProvider.class},
                (proxy, method, args) -> validate(policy, args));
        return proxy(KeycloakSession.class, manager);
    }

    private static PolicyError validate(NotContainsUsernamePasswordPolicyProvider policy, Object[] args) {
        return policy.validate((String) args[0], (String) args[1]);
    }

    private static <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                PasswordsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> answer));
    }
}
