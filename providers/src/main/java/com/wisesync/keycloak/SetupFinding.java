package com.wisesync.keycloak;

import java.util.List;

/**
 * One line of the startup check. Its title is the message {@code wiseSyncSetup.<key>}.
 *
 * @param key identifies what was checked, for example {@code brute-force-protection}
 * @param state whether it is in order
 * @param message key of the message that says what to do; null if the state is {@code OK}
 * @param params parameters of the message, without secrets
 */
public record SetupFinding(String key, State state, String message, List<Object> params) {

    /** How urgent a finding is. */
    public enum State {
        /** In order. */
        OK,
        /** Works, but weakens a guarantee or needs a decision. */
        WARNING,
        /** A guarantee does not hold, or a function does not work. */
        ERROR
    }

    /** Copies the parameters. */
    public SetupFinding {
        params = List.copyOf(params);
    }

    /** It is in order. */
    public static SetupFinding ok(String key) {
        return new SetupFinding(key, State.OK, null, List.of());
    }

    /** It works, but the message {@code wiseSyncSetup.<key>.<problem>} says what to look at. */
    public static SetupFinding warning(String key, String problem, Object... params) {
        return new SetupFinding(key, State.WARNING, messageKey(key, problem), List.of(params));
    }

    /** It does not work; the message {@code wiseSyncSetup.<key>.<problem>} says what to do. */
    public static SetupFinding error(String key, String problem, Object... params) {
        return new SetupFinding(key, State.ERROR, messageKey(key, problem), List.of(params));
    }

    /** An error with the message {@code wiseSyncSetup.<key>.wrong} unless the condition holds. */
    public static SetupFinding require(boolean condition, String key, Object... params) {
        return condition ? ok(key) : error(key, "wrong", params);
    }

    private static String messageKey(String key, String problem) {
        return "wiseSyncSetup." + key + "." + problem;
    }
}
