package com.wisesync.keycloak.admin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Types of requests and responses that the signature of a resource method does not show. A test compares them with
 * openapi.yaml.
 */
final class Types {

    private Types() {}

    /**
     * The type of a request body. Bodies come as streams and are read by {@link JsonBody}: Keycloak's own reader knows neither
     * repeated fields nor the error form of this API.
     */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    @interface Body {
        Class<?> value();
    }

    /** The status and the type of a successful response. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Returns {
        int status() default 200;

        Class<?> value() default void.class;
    }
}
