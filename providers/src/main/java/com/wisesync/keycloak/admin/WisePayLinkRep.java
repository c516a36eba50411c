package com.wisesync.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.wisesync.keycloak.wisepay.Link;
import java.util.List;

@JsonInclude(JsonInclude.Include.NON_NULL)
record WisePayLinkRep(String id, String kind, String type, String name, String status) {

    static List<WisePayLinkRep> of(List<Link> links) {
        return links.stream()
                .map(link -> new WisePayLinkRep(link.id(), link.kind(), link.type(), link.name(), link.status()))
                .toList();
    }
}
