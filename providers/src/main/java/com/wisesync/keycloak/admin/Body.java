package com.wisesync.keycloak.admin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the JSON of a body must be. Bodies come as streams and are read by {@link JsonBody}: Keycloak's own reader knows neither
 * repeated fields nor the error form of this API.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface Body {
    Class<?> value();
}
