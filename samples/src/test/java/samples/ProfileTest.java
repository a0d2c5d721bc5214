// SPDX-License-Identifier: Apache-2.0
package samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The profile of a sample with both back ends: exact, and complete in the page. */
class ProfileTest {
  private static final Pattern COUNT = Pattern.compile("(\\d+) instructions");
  private static final Pattern TOTAL = Pattern.compile("([\\d ]+) 100\\.0 +instructions");
  private static final Pattern DATA =
      Pattern.compile("<script id=\"data\"[^>]*>\\n(.*)\\n</script>");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"native, Unikernel, 190000", "bytecode, caml_interprete, 1050000"})
  void countsAreExact(String backEnd, String expected, long budget) throws Exception {
    Tool tool = Tool.onCopyOf(Path.of("hello"), folder);
    assertThat(tool.run("", "configure", "-t", "esp32", "--backend", backEnd).status()).isZero();
    assertThat(tool.run("", "build").status()).isZero();
    String count = found(COUNT, tool.run("", "run", "--count").output());
    assertThat(Long.parseLong(count)).isLessThan(budget);
    Tool.Result profile = tool.run("", "profile", "-o", "profile.html");
    assertThat(profile.status()).isZero();
    assertThat(profile.output()).contains("hello 4 of 4", "drawn in ");
    assertThat(found(TOTAL, profile.output()).replace(" ", "")).isEqualTo(count);
    String page = Files.readString(folder.resolve("profile.html"));
    assertThat(page).doesNotContain("http://", "https://", "src=");
    JsonNode data = new ObjectMapper().readTree(found(DATA, page));
    assertThat(sum(data.get("tree"))).isEqualTo(Long.parseLong(count));
    assertThat(data.get("names").toString()).contains(expected);
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
    return matcher.group(1);
  }

  private static long sum(JsonNode node) {
    long sum = node.get(1).asLong();
    for (JsonNode callee : node.get(3)) {
      sum += sum(callee);
    }
    return sum;
  }
}
