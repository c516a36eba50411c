package com.wisesync.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private final Routes routes = Routes.below(Root.class);

    @Test
    void methods_of_the_root_and_of_nested_resources_are_found() {
        assertThat(routes.allowed("")).containsExactly("GET", "HEAD");
        assertThat(routes.allowed("/things/7")).containsExactly("GET", "HEAD", "PUT");
        assertThat(routes.allowed("/things/7/part")).containsExactly("DELETE");
    }

    @Test
    void a_slash_at_the_end_is_ignored() {
        assertThat(routes.allowed("/things/7/")).containsExactly("GET", "HEAD", "PUT");
    }

    @Test
    void a_parameter_is_one_segment() {
        assertThat(routes.allowed("/things")).isEmpty();
        assertThat(routes.allowed("/things/7/8")).isEmpty();
    }

    @Test
    void a_literal_segment_beside_a_parameter_has_its_own_methods() {
        assertThat(routes.allowed("/things/all")).containsExactly("POST");
    }

    /** Never called: only the annotations are read. */
    interface Root {

        @GET
        String root();

        @Path("things/all")
        @POST
        String all();

        @Path("things/{id}")
        Thing thing();
    }

    interface Thing {

        @GET
        String get();

        @PUT
        String put();

        @Path("part")
        @DELETE
        String deletePart();
    }
}
