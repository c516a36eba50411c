package com.wisesync.keycloak.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wisesync.keycloak.Refusal;
import com.wisesync.keycloak.account.AccountingPackage;
import com.wisesync.keycloak.account.Company;
import com.wisesync.keycloak.role.Role;
import com.wisesync.keycloak.user.NewUser;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

    private static final List<Company> COMPANIES = List.of(
            new Company("one", "First Company", AccountingPackage.XERO),
            new Company("two", "Second Company", AccountingPackage.XERO),
            new Company("three", "Twice", AccountingPackage.MYOB),
            new Company("four", "twice", AccountingPackage.MYOB));

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
    void usesTheEmailAsUsernameAndInvitesWithoutAPassword() {
        String file = "role,companies,firstName,lastName,email\naccount-admin,,Al,Baker,a@b.example";

        NewUser user = user(read(file).get(0));

        assertThat(user.username()).isEqualTo("a@b.example");
        assertThat(user.password()).isEmpty();
        assertThat(user.companies()).isEmpty();
    }

    @Test
    void aRowHasTheNumberThatTheSpreadsheetShows() {
        String file = "sep=;\r\n;;\r\n"
                + HEADER.replace(',', ';')
                + "user;\"one|\r\ntwo\";A;B;a@b.example;;\r\n;;;;;;\r\nuser;one;A;B;c@d.example;;\r\n";

        assertThat(read(file)).extracting(CsvFile.Line::line).containsExactly(3, 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16", "windows-1252"})
    void everyEncodingOfASpreadsheetIsRead(String charset) {
        byte[] file = (HEADER + "user,one,Zoë,B,a@b.example,,").getBytes(Charset.forName(charset));

        assertThat(CsvFile.read(new ByteArrayInputStream(file), COMPANIES))
                .singleElement()
                .satisfies(line -> assertThat(user(line).firstName()).isEqualTo("Zoë"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Role,Companies,First Name,last_name,E-Mail\nUSER,one,A,B,a@b.example",
                "Rolle\tFirmen\tVorname\tNachname\tE-Mail-Adresse\nUser\tONE\tA\tB\ta@b.example",
                "ROLE;COMPANIES;FIRSTNAME;LASTNAME;EMAIL;Enabled;2FA;Last login\n"
                        + "user;first company;A;B;a@b.example;true;;\n",
                "\"sep=,\"\n\n"
                        + ",,,,,,\n"
                        + "role,companies,firstName,lastName,email,,\n"
                        + "user,First Company,A,B,a@b.example\n"
                        + ",,,,,,",
                "role,companies,firstName,lastName,email,username\nuser,one|First Company,A,B,a@b.example",
                "Role Name,Companies,First Name,Last Name,Email Address,Username,Password & Confirm Password\n"
                        + "user,one,A,B,a@b.example",
                "User Role,Companies,First Name,Last Name,Email Address\nuser,one,A,B,a@b.example",
                "\uFEFFsep=;\nrole;companies;firstName;lastName;email\nuser;one;A;B;a@b.example",
                "SEP=\t\r\nrole\tcompanies\tfirstName\tlastName\temail\r\nuser\tone\tA\tB\ta@b.example",
                "sep=;\rrole;companies;firstName;lastName;email\ruser;one;A;B;a@b.example\r",
                // No-break spaces in a row before the titles, in titles, in cells and in a column without title.
                "\u00A0;\u202F\n\u00A0Role\u00A0;Companies;First\u00A0Name;Last\u2007Name;E\u2011Mail;\u202F\n"
                        + "\u00A0user\u00A0;one\u00A0|\u00A0First\u00A0Company;"
                        + "\u00A0A;B\u202F;\u2007a@b.example;\u00A0\n"
                        + "\u00A0;;;;;"
            })
    void theSameUserIsReadWhateverTheColumnsAreCalled(String file) {
        assertThat(read(file))
                .singleElement()
                .satisfies(line -> assertThat(user(line))
                        .isEqualTo(new NewUser(
                                Role.USER, List.of("one"), "A", "B", "a@b.example", "a@b.example", Optional.empty())));
    }

    @Test
    void aPasswordKeepsItsNoBreakSpaces() {
        String file = HEADER + "user,one,A\u00A0C,B,a@b.example,,\u00A0p\u202Fw\u00A0";

        NewUser user = user(read(file).get(0));

        assertThat(user.password()).contains("\u00A0p\u202Fw\u00A0");
        assertThat(user.firstName()).isEqualTo("A C");
    }

    @Test
    void anUmlautOfALetterAndAMarkIsReadAsOneCharacter() {
        String file = HEADER + "user,one,Ju\u0308rgen,Mu\u0308ller,a@b.example,,pa\u0308ss";

        NewUser user = user(read(file).get(0));

        assertThat(user.firstName()).isEqualTo("J\u00FCrgen");
        assertThat(user.lastName()).isEqualTo("M\u00FCller");
        assertThat(user.password()).contains("pa\u0308ss");
    }

    @Test
    void theCharactersThatOnlyWindows1252HasAreRead() {
        byte[] file =
                (HEADER + "user,one,O\u2019Brien,\u20ACuro,a@b.example,,").getBytes(Charset.forName("windows-1252"));

        assertThat(CsvFile.read(new ByteArrayInputStream(file), COMPANIES))
                .singleElement()
                .satisfies(line -> assertThat(user(line))
                        .extracting(NewUser::firstName, NewUser::lastName)
                        .containsExactly("O\u2019Brien", "\u20ACuro"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16"})
    void aSeparatorLineIsReadInUtf16(String charset) {
        byte[] file = ("sep=;\r\n" + HEADER.replace(',', ';') + "user;one;A, C;B;a@b.example;;")
                .getBytes(Charset.forName(charset));

        assertThat(CsvFile.read(new ByteArrayInputStream(file), COMPANIES))
                .singleElement()
                .satisfies(line -> assertThat(user(line).firstName()).isEqualTo("A, C"));
    }

    @Test
    void theIdOfACompanyGoesBeforeTheNameOfAnother() {
        List<Company> companies = List.of(
                new Company("one", "Two", AccountingPackage.XERO), new Company("two", "One", AccountingPackage.XERO));
        byte[] file = (HEADER + "user,ONE,A,B,a@b.example,,").getBytes(UTF_8);

        assertThat(CsvFile.read(new ByteArrayInputStream(file), companies))
                .singleElement()
                .satisfies(line -> assertThat(user(line).companies()).containsExactly("one"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user2", "account-admin?", "user*", "us er1"})
    void aRoleWithOtherCharactersIsUnknown(String role) {
        assertThat(read(HEADER + role + ",one,A,B,a@b.example").get(0).row().wrong())
                .singleElement()
                .satisfies(reason -> assertThat(reason.key()).isEqualTo("wiseSyncFieldNoChoice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"account-admin", "Account Admin", "ACCOUNT_ADMIN", "Account\u00A0Admin", "(account.admin)"})
    void aRoleIsReadInAnyCaseAndWithoutPunctuation(String role) {
        assertThat(user(read(HEADER + role + ",,A,B,a@b.example").get(0)).role())
                .isEqualTo(Role.ACCOUNT_ADMIN);
    }

    /** The titles are those of the console's export (UserActions.tsx), which begins a formula with an apostrophe. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "First name,Last name,Username,Email address,Role,Companies,Second factor,Last login,Status",
                "Vorname,Nachname,Benutzername,E-Mail-Adresse,Rolle,Firmen,Zweiter Faktor,Letzte Anmeldung,Status"
            })
    void anExportIsReadAgain(String titles) {
        String file =
                "\uFEFF\"" + titles.replace(",", "\",\"") + "\"\r\n\"'-A\",\"O'B\",\"ab\",\"a@b.example\",\"user\","
                        + "\"First Company|three\",\"Emailed code\",\"2026-01-01\",\"Enabled\"\r\n";

        assertThat(read(file))
                .singleElement()
                .satisfies(line -> assertThat(user(line))
                        .isEqualTo(new NewUser(
                                Role.USER,
                                List.of("one", "three"),
                                "-A",
                                "O'B",
                                "a@b.example",
                                "ab",
                                Optional.empty())));
    }

    /** As the console's export writes it, which protects each part that may become a cell. */
    @Test
    void aFormulaInAnExportIsReadAsItWas() {
        List<Company> companies = List.of(
                new Company("one", "First; -Company", AccountingPackage.XERO),
                new Company("two", "=Second", AccountingPackage.XERO));
        String file =
                HEADER + "\"user\",\"First;' -Company|'=Second\",\"x;'=1\",\"''-B\",\"a@b.example\",\"\",\"'=secret\"";

        assertThat(CsvFile.read(new ByteArrayInputStream(file.getBytes(UTF_8)), companies))
                .singleElement()
                .satisfies(line -> assertThat(user(line))
                        .isEqualTo(new NewUser(
                                Role.USER,
                                List.of("one", "two"),
                                "x;=1",
                                "'-B",
                                "a@b.example",
                                "a@b.example",
                                Optional.of("'=secret"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role,companies,firstName | wiseSyncImportColumnMissing | lastName, email;2",
                "role,companies,firstName,lastName | wiseSyncImportColumnMissing | email;1",
                "role,companies,firstName,lastName,email,mail | wiseSyncImportColumnTwice | F;email;E",
                "role,companies,firstName,lastName,email,E-Mail 2 | wiseSyncImportColumnUnknown | F;E-Mail 2",
                "role,companies,firstName,lastName,email, Department | wiseSyncImportColumnUnknown | F;Department"
            })
    void aHeaderIsRefusedWithTheColumnThatIsWrong(String header, String key, String params) {
        byte[] file = (header + "\nuser,one,A,B,a@b.example,x").getBytes(UTF_8);

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> CsvFile.read(new ByteArrayInputStream(file), COMPANIES))
                .satisfies(refusal -> assertThat(refusal.reasons())
                        .singleElement()
                        .satisfies(reason -> {
                            assertThat(reason.key()).isEqualTo(key);
                            assertThat(reason.params().stream().map(String::valueOf))
                                    .containsExactly(params.split(";"));
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user,one,A,\"two\nlines\",a@b.example\n\nuser,one,\"A,B,c@d.example\nuser,one,A,B,e@f.example",
                "user,one,A,\"two\nlines\",a@b.example\n\nuser,one,\"A\" B,C,c@d.example\nuser,one,A,B,e@f.example"
            })
    void aQuotationMarkThatIsNotClosedIsRefusedWithItsRow(String rows) {
        byte[] file = ("sep=,\nrole,companies,firstName,lastName,email\n" + rows).getBytes(UTF_8);

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> CsvFile.read(new ByteArrayInputStream(file), COMPANIES))
                .satisfies(refusal -> assertThat(refusal.reasons())
                        .containsExactly(Refusal.Reason.of(null, "wiseSyncImportNotCsv", 4L)));
    }

    @Test
    void aMissingRoleIsRefusedWithTheRoles() {
        assertThat(read(HEADER + ",one,A,B,a@b.example").get(0).row().wrong())
                .singleElement()
                .satisfies(reason -> assertThat(reason.params())
                        .containsExactly("account-admin, user, merchant-admin, merchant-user"));
    }

    @Test
    void everyProblemOfARowIsReportedWithItsColumn() {
        CsvFile.Line line = read("email,role,companies,firstName,lastName\n,boss,nowhere|Twice,Z\uFFFD,B,extra")
                .get(0);

        assertThat(line.row().wrong())
                .extracting(Refusal.Reason::key)
                .containsExactlyInAnyOrder(
                        "wiseSyncImportRowLength",
                        "wiseSyncImportCompanyUnknown",
                        "wiseSyncImportCompanyAmbiguous",
                        "wiseSyncFieldNoChoice",
                        "wiseSyncFieldMissing",
                        "wiseSyncFieldUnfit");
        assertThat(line.columns()).containsEntry("email", "A").containsEntry("role", "B");
        assertThat(line.row().wrong().get(0).params()).containsExactly("F");
    }

    @Test
    void columnsHaveTheLettersOfASpreadsheet() {
        assertThat(Spreadsheet.columnName(0)).isEqualTo("A");
        assertThat(Spreadsheet.columnName(25)).isEqualTo("Z");
        assertThat(Spreadsheet.columnName(26)).isEqualTo("AA");
        assertThat(Spreadsheet.columnName(701)).isEqualTo("ZZ");
        assertThat(Spreadsheet.columnName(702)).isEqualTo("AAA");
    }

    @Test
    void acceptsFiveThousandRowsAndNoMore() {
        assertThat(read(rows(5_000))).hasSize(5_000);
        assertRefused(rows(5_001).getBytes(UTF_8), "wiseSyncImportTooManyRows");
    }

    @Test
    void acceptsTwoMegabytesAndNoMore() {
        String file = rows(10);
        byte[] full = (file + " ".repeat(2_000_000 - file.length())).getBytes(UTF_8);
        byte[] over = (file + " ".repeat(2_000_001 - file.length())).getBytes(UTF_8);

        assertThat(CsvFile.read(new ByteArrayInputStream(full), COMPANIES)).hasSizeGreaterThan(9);
        assertRefused(over, "wiseSyncImportTooLarge");
    }

    @Test
    void refusesAnEncodingThatNoSpreadsheetWrites() {
        byte[] file = (HEADER + "user,one,Zo?,B,a@b.example,,").getBytes(ISO_8859_1);
        file[HEADER.length() + 11] = (byte) 0x81;

        assertRefused(file, "wiseSyncImportEncoding");
    }

    @Test
    void readsTheValidValuesOfARowWithProblems() {
        CsvFile.Line line =
                read(HEADER + "boss,one|nowhere,A,B,a@b.example,,secret1").get(0);

        assertThat(line.row().wrong()).extracting(Refusal.Reason::field).containsExactlyInAnyOrder("role", "companies");
        assertThat(user(line))
                .isEqualTo(new NewUser(
                        null, List.of("one"), "A", "B", "a@b.example", "a@b.example", Optional.of("secret1")));
    }

    @Test
    void namesTheProblemsOfARow() {
        CsvFile.Line line = read(HEADER + "root,one,,\u202Ereversed,,,\r\n").get(0);

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
        assertThatThrownBy(() -> CsvFile.read(new ByteArrayInputStream(file), COMPANIES))
                .isInstanceOf(Refusal.class)
                .hasMessage(key);
    }

    private static NewUser user(CsvFile.Line line) {
        return line.row().user();
    }

    private static List<CsvFile.Line> read(String file) {
        return CsvFile.read(new ByteArrayInputStream(file.getBytes(UTF_8)), COMPANIES);
    }
}
