package com.wisesync.keycloak.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The expected answers: a call of the API, a valid body, and the status for every caller. Covers GHSA-cpf4-pmr4-w6cx
 * and bugs of delegated administration.
 */
record Matrix(String method, String path, String body, Map<Caller, Integer> answers) {

    /** The callers; one with a number gets this status from every call. */
    enum Caller {
        MERCHANT,
        /** A user, for calls about a user as the user concerned. */
        USER,
        ADMIN,
        ADMIN_OF_ANOTHER,
        STAFF,
        SERVICE,
        /** A service that may only read Autotask passwords. */
        READER,
        /** A staff member whose token is older than the role. */
        WITHOUT_THE_ROLE,
        ANONYMOUS(401),
        WITH_A_SESSION_COOKIE_ONLY(401),
        EXPIRED(401),
        DISABLED(401),
        LOGGED_OUT(401),
        OF_ANOTHER_REALM(401),
        ADMINISTRATOR_OF_MASTER(403),
        OF_A_DISABLED_ACCOUNT(401),
        WITH_A_TOKEN_OF_WISE_SYNC(403),
        WITH_A_TOKEN_OF_WISE_PAY(403),
        WITH_A_TOKEN_OF_THE_ACCOUNT_CONSOLE(403),
        WITH_A_TOKEN_OF_A_NEW_CLIENT(403),
        SERVICE_WITHOUT_RIGHTS(403);

        private final int always;

        Caller() {
            this(0);
        }

        Caller(int always) {
            this.always = always;
        }
    }

    /**
     * The columns are the callers above without a number, in their order. Rows build on those before: the password
     * that is read was stored by an earlier row.
     */
    private static final String TABLE = """
            # merchant user admin other staff service reader roleless
            GET    /me                                                     200 200 200 200 200 200 200 200
            GET    /setup                                                  403 403 403 403 200 200 403 403
            GET    /roles                                                  403 403 200 200 200 200 403 403
            GET    /accounts                                               403 403 200 200 200 200 403 403
            POST   /accounts                                               403 403 403 403 201 201 403 403 {"name":"{unique}"}
            GET    /accounts/{account}                                     403 403 200 404 200 200 403 404
            PUT    /accounts/{account}                                     403 403 403 404 200 200 403 404 {"name":"{name}","psa":"autotask","twoFactorMode":"required","enabled":true}
            PUT    /accounts/{account}/two-factor-mode                     403 403 200 404 200 200 403 404 {"mode":"required"}
            GET    /accounts/{account}/activity                            403 403 200 404 200 200 403 404
            GET    /accounts/{account}/scim                                403 403 200 404 200 200 403 404
            PUT    /accounts/{account}/scim                                403 403 200 404 200 200 403 404 {"defaultCompanies":["one"]}
            POST   /accounts/{account}/scim/tokens                         403 403 201 404 201 409 403 404
            DELETE /accounts/{account}/scim/tokens/{token}                 403 403 404 404 404 404 403 404
            GET    /accounts/{account}/companies                           403 403 200 404 200 200 403 404
            PUT    /accounts/{account}/companies/{company}                 403 403 403 404 200 200 403 404 {"name":"Three","package":"myob"}
            DELETE /accounts/{account}/companies/{company}                 403 403 403 404 200 200 403 404
            GET    /accounts/{account}/users                               403 403 200 404 200 200 403 404
            POST   /accounts/{account}/users                               403 403 201 404 201 201 403 404 {"role":"user","companies":["one"],"firstName":"New","lastName":"Comer","email":"{unique}"}
            POST   /accounts/{account}/users/import                        403 403 200 404 200 200 403 404 role,companies,firstName,lastName,email\\nuser,one,New,Comer,{unique}
            GET    /accounts/{account}/imports/{import}                    403 403 404 404 404 404 403 404
            POST   /accounts/{account}/users/bulk                          403 403 200 404 200 200 403 404 {"action":"assign","users":["{user}"],"companies":["two"]}
            GET    /accounts/{account}/users/{user}                        403 200 200 404 200 200 403 404
            GET    /accounts/{account}/users/{user}/details                403 403 200 404 200 200 403 404
            PUT    /accounts/{account}/users/{user}                        403 200 200 404 200 200 403 404 {"role":"user","companies":["one"],"firstName":"Other","lastName":"Name","email":"{username}","username":"{username}"}
            PUT    /accounts/{account}/users/{user}/password               403 403 204 404 204 204 403 404 {"password":"another-one"}
            POST   /accounts/{account}/users/{user}/reset-password         403 403 204 404 204 204 403 404
            POST   /accounts/{account}/users/{user}/invitation             403 403 409 404 409 409 403 404
            DELETE /accounts/{account}/users/{user}/invitation             403 403 409 404 409 409 403 404
            GET    /accounts/{account}/users/{user}/activity               403 403 200 404 200 200 403 404
            GET    /accounts/{account}/users/{user}/sessions               403 200 200 404 200 200 403 404
            GET    /accounts/{account}/users/{user}/two-factor             403 403 200 404 200 200 403 404
            DELETE /accounts/{account}/users/{user}/two-factor             403 403 204 404 204 204 403 404
            GET    /accounts/{account}/users/{user}/wise-pay-links         403 403 200 404 200 200 403 404
            GET    /accounts/{account}/users/{user}/deactivations          403 403 200 404 200 200 403 404
            PUT    /accounts/{account}/users/{user}/scim-link              403 403 204 404 204 204 403 404 {"externalId":"{unique}"}
            DELETE /accounts/{account}/users/{user}/scim-link              403 403 204 404 204 204 403 404
            PUT    /accounts/{account}/users/{user}/autotask-account       403 403 200 404 200 200 403 404 {"username":"someone@autotask.example","password":"secret-enough"}
            GET    /accounts/{account}/users/{user}/autotask-account       403 403 200 404 200 200 403 404
            GET    /accounts/{account}/users/{user}/autotask-account/secret 403 403 403 404 403 200 404 404
            DELETE /accounts/{account}/users/{user}/autotask-account       403 403 204 404 204 204 403 404
            POST   /accounts/{account}/users/{user}/disable                403 403 204 404 204 204 403 404
            POST   /accounts/{account}/users/{user}/enable                 403 403 204 404 204 204 403 404
            POST   /accounts/{account}/users/{user}/unlock                 403 403 204 404 204 204 403 404
            GET    /deactivations                                          403 403 403 403 200 200 403 403
            POST   /deactivations/{deactivation}/retry                     403 403 403 403 404 404 403 403
            POST   /deactivations/{deactivation}/release                   403 403 403 403 404 404 403 403
            POST   /deactivations/{deactivation}/dismiss                   403 403 403 403 404 404 403 403
            POST   /deactivations/retry                                    403 403 403 403 200 200 403 403
            GET    /lifecycle                                              403 403 403 403 200 200 403 403
            POST   /lifecycle/{client}/resend                              403 403 403 403 404 404 403 403
            DELETE /accounts/{account}/users/{user}/sessions               403 204 204 404 204 204 403 404
            """;

    static List<Matrix> rows() {
        return TABLE.lines()
                .filter(line -> !line.startsWith("#"))
                .map(Matrix::row)
                .toList();
    }

    int answerTo(Caller caller) {
        return caller.always == 0 ? answers.get(caller) : caller.always;
    }

    String call() {
        return method + " " + path;
    }

    private static Matrix row(String line) {
        int columns = 2 + differing().size();
        List<String> cells = new ArrayList<>(Arrays.asList(line.split(" +", columns + 1)));
        Map<Caller, Integer> answers = new EnumMap<>(Caller.class);
        for (Caller caller : differing()) {
            answers.put(caller, Integer.valueOf(cells.get(2 + answers.size())));
        }
        String body = cells.size() > columns ? cells.get(columns).replace("\\n", "\n") : null;
        return new Matrix(cells.get(0), cells.get(1), body, answers);
    }

    private static List<Caller> differing() {
        return Arrays.stream(Caller.values())
                .filter(caller -> caller.always == 0)
                .toList();
    }
}
