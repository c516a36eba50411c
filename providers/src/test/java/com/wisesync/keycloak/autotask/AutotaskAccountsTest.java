package com.wisesync.keycloak.autotask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;

class AutotaskAccountsTest {

    private static final String USERNAME = "uma@autotask.example";
    private static final String PASSWORD = "marker-9f3c-password";

    private final List<CredentialModel> rows = new ArrayList<>();
    private final UserModel uma = user("uma");
    private final Account account = account(true);
    private final Keys vault = new Keys().with("new", 1).with("old", 2);
    private final OwnTransaction transaction = mock(OwnTransaction.class);
    private final AutotaskAccounts accounts = accounts("new", "old");

    @BeforeAll
    static void crypto() {
        CryptoIntegration.init(AutotaskAccountsTest.class.getClassLoader());
    }

    @BeforeEach
    void nothingAtTheSameTime() {
        meanwhile(() -> {});
    }

    @Test
    void a_stored_password_is_returned_by_secret_only() {
        AutotaskAccount shown = accounts.put(uma, USERNAME, PASSWORD);

        assertThat(shown.username()).isEqualTo(USERNAME);
        assertThat(shown.passwordSet()).isTrue();
        assertThat(accounts.get(uma)).contains(shown);
        assertThat(accounts.secret(account, uma, "service")).isEqualTo(new AutotaskSecret(USERNAME, PASSWORD));
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).getCredentialData()).doesNotContain(PASSWORD);
        assertThat(rows.get(0).getSecretData()).doesNotContain(PASSWORD);
    }

    @Test
    void a_new_username_keeps_the_password() {
        accounts.put(uma, USERNAME, PASSWORD);
        accounts.put(uma, "other@autotask.example", null);

        assertThat(accounts.secret(account, uma, "service"))
                .isEqualTo(new AutotaskSecret("other@autotask.example", PASSWORD));
        assertThat(rows).hasSize(1);
    }

    @Test
    void a_username_without_a_password_needs_no_key() {
        AutotaskAccounts keyless = accounts("missing");

        assertThat(keyless.put(uma, USERNAME, null).passwordSet()).isFalse();
        assertRefused(() -> keyless.secret(account, uma, "service"), Refusals.NOTHING_STORED);
    }

    @Test
    void nothing_is_stored_without_a_key_and_the_refusal_names_it() {
        AutotaskAccounts keyless = accounts("missing");

        assertRefused(() -> keyless.put(uma, USERNAME, PASSWORD), Refusals.NO_KEY)
                .extracting(e -> ((Refusal) e).reasons().get(0).params())
                .isEqualTo(List.of("missing", "spi-credential--autotask-account--keys"));
        assertThat(rows).isEmpty();
    }

    @Test
    void a_row_copied_to_another_user_does_not_open() {
        accounts.put(uma, USERNAME, PASSWORD);

        assertRefused(() -> accounts.secret(account, user("gus"), "service"), Refusals.NOTHING_STORED);
        assertRefused(() -> accounts.put(user("gus"), USERNAME, null), Refusals.UNREADABLE);
    }

    @Test
    void a_row_copied_to_another_realm_does_not_open() {
        accounts.put(uma, USERNAME, PASSWORD);
        AutotaskAccounts elsewhere = new AutotaskAccounts("other-realm", vault.ring("new"), everyRead(), transaction);

        assertRefused(() -> elsewhere.secret(account, uma, "service"), Refusals.NOTHING_STORED);
    }

    @Test
    void other_content_encrypted_with_the_key_is_not_read() {
        SealingKey key = vault.ring("new").newest().orElseThrow();
        rows.add(row(Envelope.seal(new SealedAccount("realm", "uma", "other-type", USERNAME, PASSWORD), key)));

        assertRefused(() -> accounts.secret(account, uma, "service"), Refusals.NOTHING_STORED);
    }

    @Test
    void invalid_imported_rows_count_as_nothing_stored() {
        for (String secretData :
                new String[] {null, "", "null", "[]", "{}", "{\"jwe\":\"a.b.c.d.e\"}", "{\"jwe\":{}}"}) {
            rows.clear();
            CredentialModel row = row("");
            row.setSecretData(secretData);
            row.setCredentialData(secretData);
            rows.add(row);

            assertRefused(() -> accounts.secret(account, uma, "service"), Refusals.NOTHING_STORED);
            assertThat(accounts.get(uma)).isPresent();
        }
    }

    @Test
    void reading_encrypts_again_with_the_newest_key() {
        accounts("old").put(uma, USERNAME, PASSWORD);
        AutotaskAccount before = accounts.get(uma).orElseThrow();
        assertThat(rows.get(0).getCredentialData()).contains("\"kid\":\"old\"");

        assertThat(accounts.secret(account, uma, "service").password()).isEqualTo(PASSWORD);

        assertThat(rows.get(0).getCredentialData()).contains("\"kid\":\"new\"");
        assertThat(accounts.get(uma)).contains(before);
        assertThat(accounts("new").secret(account, uma, "service").password()).isEqualTo(PASSWORD);
    }

    @Test
    void reading_does_not_undo_a_concurrent_write() {
        accounts("old").put(uma, USERNAME, PASSWORD);
        meanwhile(() -> accounts.put(uma, USERNAME, "another"));

        assertThat(accounts.secret(account, uma, "service").password()).isEqualTo(PASSWORD);

        assertThat(accounts.secret(account, uma, "service").password()).isEqualTo("another");
    }

    @Test
    void storing_equal_values_changes_nothing_visible() {
        AutotaskAccount before = accounts("old").put(uma, USERNAME, PASSWORD);

        assertThat(accounts.put(uma, USERNAME, null)).isEqualTo(before);
        assertThat(accounts.put(uma, "other@autotask.example", null)).isNotEqualTo(before);
    }

    @Test
    void writing_encrypts_again_with_the_newest_key() {
        accounts("old").put(uma, USERNAME, PASSWORD);
        accounts.put(uma, "other@autotask.example", null);

        assertThat(rows.get(0).getCredentialData()).contains("\"kid\":\"new\"");
        assertThat(accounts("new").secret(account, uma, "service").password()).isEqualTo(PASSWORD);
    }

    @Test
    void a_key_retired_too_early_is_named() {
        accounts("old").put(uma, USERNAME, PASSWORD);

        assertRefused(() -> accounts("new").secret(account, uma, "service"), Refusals.NO_KEY)
                .extracting(e -> ((Refusal) e).reasons().get(0).params().get(0))
                .isEqualTo("old");
    }

    @Test
    void a_missing_newest_key_does_not_stop_reading() {
        accounts("old").put(uma, USERNAME, PASSWORD);

        assertThat(accounts("missing", "old").secret(account, uma, "service").password())
                .isEqualTo(PASSWORD);
    }

    @Test
    void a_disabled_user_or_account_has_no_secret() {
        accounts.put(uma, USERNAME, PASSWORD);
        assertRefused(() -> accounts.secret(account(false), uma, "service"), Refusals.ACCOUNT_DISABLED);

        when(uma.isEnabled()).thenReturn(false);
        assertRefused(() -> accounts.secret(account, uma, "service"), Refusals.USER_DISABLED);
    }

    @Test
    void too_many_reads_are_refused_before_decryption() {
        ReadLimit none = mock(ReadLimit.class);
        when(none.claim(any(), any())).thenReturn(OptionalInt.of(17));
        AutotaskAccounts limited = new AutotaskAccounts("realm", vault.ring("new"), none, transaction);

        assertRefused(() -> limited.secret(account, uma, "service"), Refusals.TOO_MANY_READS)
                .extracting(e -> ((Refusal) e).reasons().get(0).params().get(0))
                .isEqualTo(17);
    }

    @Test
    void a_username_has_the_form_of_an_address() {
        for (String username : new String[] {
            null, "", " ", "uma", "uma@", " uma@a.example", "u\u0000@a.example", "a@" + "b".repeat(300)
        }) {
            assertRefused(() -> accounts.put(uma, username, PASSWORD), Refusals.USERNAME);
        }
        assertThat(rows).isEmpty();
    }

    @Test
    void a_password_has_only_characters_that_can_be_typed() {
        for (String password : new String[] {"", "a\u0000b", "a\nb", "x".repeat(256)}) {
            assertRefused(() -> accounts.put(uma, USERNAME, password), Refusals.PASSWORD)
                    .hasMessageNotContaining("x".repeat(256));
        }
        accounts.put(uma, USERNAME, " \u00e4\ud83d\ude00 ");
        assertThat(accounts.secret(account, uma, "service").password()).isEqualTo(" \u00e4\ud83d\ude00 ");
    }

    @Test
    void deleting_removes_every_row() {
        accounts.put(uma, USERNAME, PASSWORD);
        rows.add(row("an imported second one"));

        assertThat(accounts.delete(uma)).isTrue();
        assertThat(rows).isEmpty();
        assertThat(accounts.delete(uma)).isFalse();
    }

    /** A concurrent change between reading and encrypting again. */
    private void meanwhile(Runnable happens) {
        doAnswer(call -> {
                    happens.run();
                    call.<Consumer<UserModel>>getArgument(2).accept(uma);
                    return null;
                })
                .when(transaction)
                .on(any(), any(), any());
    }

    private AutotaskAccounts accounts(String... kids) {
        return new AutotaskAccounts("realm", vault.ring(kids), everyRead(), transaction);
    }

    private static ReadLimit everyRead() {
        ReadLimit limit = mock(ReadLimit.class);
        when(limit.claim(any(), any())).thenReturn(OptionalInt.empty());
        return limit;
    }

    private static Account account(boolean enabled) {
        Account account = mock(Account.class);
        when(account.enabled()).thenReturn(enabled);
        return account;
    }

    private static CredentialModel row(String jwe) {
        CredentialModel row = new CredentialModel();
        row.setId("imported");
        row.setType(AutotaskCredentialProviderFactory.TYPE);
        row.setSecretData("{\"jwe\":\"" + jwe + "\"}");
        return row;
    }

    /** All users share the rows, as if a row had been copied to another user. */
    private UserModel user(String id) {
        UserModel user = mock(UserModel.class);
        SubjectCredentialManager credentials = mock(SubjectCredentialManager.class);
        when(user.getId()).thenReturn(id);
        when(user.isEnabled()).thenReturn(true);
        when(user.credentialManager()).thenReturn(credentials);
        when(credentials.getStoredCredentialsByTypeStream(AutotaskCredentialProviderFactory.TYPE))
                .thenAnswer(call -> List.copyOf(rows).stream());
        when(credentials.createStoredCredential(any())).thenAnswer(call -> {
            rows.add(call.getArgument(0));
            return call.getArgument(0);
        });
        doAnswer(call -> {
                    CredentialModel row = call.getArgument(0);
                    rows.replaceAll(old -> old.getId().equals(row.getId()) ? row : old);
                    return null;
                })
                .when(credentials)
                .updateStoredCredential(any());
        when(credentials.removeStoredCredentialById(any()))
                .thenAnswer(call -> rows.removeIf(row -> row.getId().equals(call.getArgument(0))));
        return user;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(ThrowingCallable call, String key) {
        return assertThatThrownBy(call).isInstanceOf(Refusal.class).hasMessage(key);
    }
}
