package com.wisesync.keycloak.admin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a method that returns a response answers when all is well. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Returns {
    int status() default 200;

    Class<?> value() default void.class;
}
