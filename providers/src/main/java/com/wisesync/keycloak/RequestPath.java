package com.wisesync.keycloak;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Arrays;
import java.util.List;

/** The path of a request as resources match it, for filters that run before them. */
public final class RequestPath {

    private RequestPath() {}

    /** The decoded segments, without empty ones and without matrix parameters. */
    public static List<String> segments(ContainerRequestContext request) {
        // Not getPathSegments(), which decodes a second time in Quarkus 3.33 and fails on a percent sign.
        return Arrays.stream(request.getUriInfo().getPath().split("/", -1))
                .map(RequestPath::withoutMatrixParameters)
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    private static String withoutMatrixParameters(String segment) {
        int end = segment.indexOf(';');
        return end < 0 ? segment : segment.substring(0, end);
    }
}
