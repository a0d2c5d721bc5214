// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.util.Locale;

/** One page that needs nothing but itself. */
public final class HtmlPage {
  private HtmlPage() {}

  /**
   * The whole page.
   *
   * @param heading the first words on it
   * @param title in the window's frame
   * @param style CSS
   * @param body HTML below the heading
   */
  public static String of(String heading, String title, String style, CharSequence body) {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<title>"
        + escape(title)
        + "</title>\n<style>\n"
        + style
        + "</style></head><body>\n<h1>"
        + escape(heading)
        + "</h1>\n"
        + body
        + "</body></html>\n";
  }

  /** Text as it stands in HTML and XML, also inside of quoted attributes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  /** A number with a space after each three digits, for people. */
  public static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
  }
}
