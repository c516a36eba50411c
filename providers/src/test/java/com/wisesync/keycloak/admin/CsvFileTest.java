package com.wisesync.keycloak.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.user.NewUser;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

    private static final String HEADER = "role,companies,firstName,lastName,email,username,password\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEADER + "user,one|two,Zoë,\"O, \"\"Q\"\"\",a@b.example,c@d.example,\" p,w \"\r\n",
                "\uFEFF" + HEADER + "user,one|two,Zoë,\"O, \"\"Q\"\"\",a@b.example,c@d.example,\" p,w \"",
                "role;companies;firstName;lastName;email;username;password\n"
                        + "user;\"one|\r\ntwo\";Zoë;O, \"Q\";a@b.example;c@d.example; p,w \n",
                "\uFEFFpassword;email;username;lastName;firstName;companies;role\r\n"
                        + " p,w ;a@b.example;c@d.example;\"O, \"\"Q\"\"\";Zoë; one | two |;user\r\n\r\n"
            })
    void readsTheSameUserHoweverItIsWritten(String file) {
        assertThat(read(file))
                .singleElement()
                .satisfies(line -> assertThat(user(line))
                        .isEqualTo(new NewUser(
                                Role.USER,
                                List.of("one", "two"),
                                "Zoë",
                                "O, \"Q\"",
                                "a@b.example",
                                "c@d.example",
                                Optional.of(" p,w "))));
    }

    @Test
    void takesTheAddressForTheUsernameAndInvitesWithoutAPassword() {
        String file = "role,companies,firstName,lastName,email\naccount-admin,,Al,Baker,a@b.example";

        NewUser user = user(read(file).get(0));

        assertThat(user.username()).isEqualTo("a@b.example");
        assertThat(user.password()).isEmpty();
        assertThat(user.companies()).isEmpty();
    }

    @Test
    void saysOnWhichLineOfTheFileARowEnds() {
        String file = HEADER + "user,\"one|\r\ntwo\",A,B,a@b.example,,\r\nuser,one,A,B,c@d.example,,\r\n";

        assertThat(read(file)).extracting(CsvFile.Line::line).containsExactly(3L, 4L);
    }

    @Test
    void takesFiveThousandRowsAndNoMore() {
        assertThat(read(rows(5_000))).hasSize(5_000);
        assertRefused(rows(5_001).getBytes(UTF_8), "wiseSyncImportTooManyRows");
    }

    @Test
    void takesTwoMegabytesAndNoMore() {
        String file = rows(10);
        byte[] full = (file + " ".repeat(2_000_000 - file.length())).getBytes(UTF_8);
        byte[] over = (file + " ".repeat(2_000_001 - file.length())).getBytes(UTF_8);

        assertThat(CsvFile.read(new ByteArrayInputStream(full))).hasSizeGreaterThan(9);
        assertRefused(over, "wiseSyncImportTooLarge");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertRefused((HEADER + "user,one,Zoë,B,a@b.example,,\r\n").getBytes(ISO_8859_1), "wiseSyncImportNotUtf8");
    }

    @Test
    void tellsOfARowWhatIsWrongWithIt() {
        CsvFile.Line line = read(HEADER + "root,one,,\u202Ereversed,,,\r\n").get(0);

        assertThat(line.row().user()).isEmpty();
        assertThat(line.row().wrong())
                .extracting(Refusal.Reason::field)
                .containsExactlyInAnyOrder("role", "lastName", "email");
    }

    private static String rows(int count) {
        return HEADER
                + IntStream.range(0, count)
                        .mapToObj(i -> "user,one,A,B," + i + "@b.example,,")
                        .collect(Collectors.joining("\r\n"));
    }

    private static void assertRefused(byte[] file, String key) {
        assertThatThrownBy(() -> CsvFile.read(new ByteArrayInputStream(file)))
                .isInstanceOf(Refusal.class)
                .hasMessage(key);
    }

    private static NewUser user(CsvFile.Line line) {
        return line.row().user().orElseThrow();
    }

    private static List<CsvFile.Line> read(String file) {
        return CsvFile.read(new ByteArrayInputStream(file.getBytes(UTF_8)));
    }
}
