package org.ladang.shell.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void blanksSeparateAndQuotesKeepTogether() {
    assertThat(Words.of("  bots:create_bot id=x\t--args '{\"id\": \"a b\"}' \"it's\" ").closed())
        .containsExactly("bots:create_bot", "id=x", "--args", "{\"id\": \"a b\"}", "it's");
  }

  @Test
  void aQuoteInsideOfAWordBelongsToIt() {
    assertThat(Words.of("note=\"two words\"'!'").closed()).containsExactly("note=two words!");
  }

  @Test
  void anEmptyQuoteIsAWord() {
    assertThat(Words.of("a '' b").closed()).containsExactly("a", "", "b");
  }

  @Test
  void aBackslashTakesTheNextCharacterButNotInSingleQuotes() {
    assertThat(Words.of("a\\ b \"c\\\"d\" 'e\\f'").closed()).containsExactly("a b", "c\"d", "e\\f");
  }

  @Test
  void anOpenQuoteIsNamed() {
    assertThatThrownBy(() -> Words.of("a 'b").closed()).hasMessage("A quote (') is not closed.");
  }

  @Test
  void theWordAtTheCursorIsTheLastOneOrEmpty() {
    assertThat(Words.of("help bo").last()).isEqualTo("bo");
    assertThat(Words.of("help ").last()).isEmpty();
    assertThat(Words.of("help ").before()).containsExactly("help");
    assertThat(Words.of("").before()).isEmpty();
  }
}
