package com.wisesync.keycloak.wisepay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinksJsonTest {

    private static final String MIXED = "[null,{\"id\":\"1\",\"name\":{}},\"2\",{\"id\":\"3\",\"user\":\"uma\"}]";

    @Test
    void leavesOutWhatIsNotALink() throws Exception {
        assertThat(LinksJson.links("{\"links\":" + MIXED + "}"))
                .extracting(Link::id)
                .containsExactly("3");
    }

    /** The next page begins after all elements. */
    @Test
    void aPageKeepsThePlaceOfWhatIsNotALink() throws Exception {
        assertThat(LinksJson.page("{\"links\":" + MIXED + "}"))
                .extracting(Link::id)
                .containsExactly(null, null, null, "3");
    }

    /** Rows of earlier versions contain null. */
    @Test
    void readsStoredLinks() {
        assertThat(LinksJson.stored(null)).isEmpty();
        assertThat(LinksJson.stored("[null]")).isEmpty();
        assertThat(LinksJson.stored(MIXED)).extracting(Link::id).containsExactly("3");
        assertThatThrownBy(() -> LinksJson.stored("[")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aLinkWithoutAStatusIsNotActive() throws Exception {
        List<Link> links = LinksJson.links("{\"links\":[{\"id\":\"1\"},{\"id\":\"2\",\"status\":\"active\"}]}");

        assertThat(links).extracting(Link::isActive).containsExactly(false, true);
        assertThat(LinksJson.note(links)).isEqualTo("[{\"id\":\"1\"},{\"id\":\"2\",\"status\":\"active\"}]");
    }
}
