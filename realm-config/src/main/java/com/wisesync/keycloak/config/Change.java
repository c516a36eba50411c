package com.wisesync.keycloak.config;

/** One thing that is not as the files have it. It can be told, and it can be made so. */
record Change(String text, Runnable make) {

    @Override
    public String toString() {
        return text;
    }
}
