package com.wisesync.keycloak.benchmark;

import static com.wisesync.keycloak.benchmark.StockCalls.ok;

import com.wisesync.keycloak.testing.Api;
import java.util.List;
import java.util.Map;

/** Calls of the extension's admin API. */
record ExtensionCalls(Api api) {

    void user(String account, String user) {
        ok(api.get("/accounts/%s/users/%s".formatted(account, user)));
    }

    void page(String account, int first) {
        ok(api.get("/accounts/%s/users?first=%d&max=20".formatted(account, first)));
    }

    void search(String account, String text) {
        ok(api.get("/accounts/%s/users?search=%s&max=20".formatted(account, text)));
    }

    void create(String account, String email) {
        ok(api.post(
                "/accounts/%s/users".formatted(account),
                Map.of(
                        "role", "user",
                        "companies", List.of("c1"),
                        "firstName", "New",
                        "lastName", "Person",
                        "email", email)));
    }

    void disable(String account, String user) {
        ok(api.post("/accounts/%s/users/%s/disable".formatted(account, user), null));
    }

    void disconnect(String account, String company) {
        ok(api.delete("/accounts/%s/companies/%s".formatted(account, company)));
    }

    void disableAccount(String account, String name) {
        ok(api.put(
                "/accounts/" + account,
                Map.of("name", name, "psa", "autotask", "twoFactorMode", "optional", "enabled", false)));
    }

    void sortedByLastLogin(String account) {
        ok(api.get("/accounts/%s/users?sort=-lastLogin&role=user&enabled=true&max=20".formatted(account)));
    }

    void renameCompany(String account, String company, String name) {
        ok(api.put("/accounts/%s/companies/%s".formatted(account, company), Map.of("name", name, "package", "xero")));
    }

    /** @param query begins with an ampersand, or is empty */
    void deactivations(String query) {
        ok(api.get("/deactivations?max=20" + query));
    }

    void deactivationsOf(String account, String user) {
        ok(api.get("/accounts/%s/users/%s/deactivations".formatted(account, user)));
    }

    /** Imports users who choose their password by an invitation. */
    void importInvited(String account, String prefix, int rows) {
        importUsers(account, prefix, rows, "");
    }

    void importWithPasswords(String account, String prefix, int rows) {
        importUsers(account, prefix, rows, "a good password");
    }

    private void importUsers(String account, String prefix, int rows, String password) {
        StringBuilder csv = new StringBuilder("role,companies,firstName,lastName,email,username,password\n");
        for (int row = 0; row < rows; row++) {
            csv.append("user,c1,New,Person,%s-%d@import.example,,%s\n".formatted(prefix, row, password));
        }
        ok(api.send(
                "POST", "/accounts/%s/users/import".formatted(account), csv.toString(), "Content-Type", "text/csv"));
    }
}
