package org.bpfree.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableFormatTest {
    private static final List<String> HEAD = List.of("arm", "accuracy, %", "note");
    private static final List<List<String>> ROWS =
            List.of(List.of("a_b & c\\{}", "-1.50 ± 0.2", "a|b, \"c\""), List.of("~^<>$#%", "2.00", "–"));

    @Test
    void latexHasTheRulesOfBooktabsAndNothingInItIsACommand() {
        assertThat(TableFormat.latex.print(HEAD, ROWS)).isEqualTo("""
                % \\usepackage{booktabs}
                \\begin{tabular}{lrl}
                \\toprule
                arm & accuracy, \\% & note \\\\
                \\midrule
                a\\_b \\& c\\textbackslash{}\\{\\} & $-$1.50 $\\pm$ 0.2 & a|b, "c" \\\\
                \\textasciitilde{}\\textasciicircum{}\\textless{}\\textgreater{}\\$\\#\\% & 2.00 & -- \\\\
                \\bottomrule
                \\end{tabular}
                """);
    }

    @Test
    void latexBreaksSentences() {
        assertThat(TableFormat.latex.print(List.of("claim"), List.of(List.of("word ".repeat(20)))))
                .contains("{p{0.2\\linewidth}}");
    }

    @Test
    void markdownKeepsItsColumnsWhateverTheCellsHold() {
        assertThat(TableFormat.markdown.print(HEAD, ROWS).lines().toList())
                .startsWith("| arm | accuracy, % | note |", "| --- | --- | --- |")
                .contains("| a_b & c\\{} | -1.50 ± 0.2 | a\\|b, \"c\" |");
    }

    @Test
    void csvQuotesAsRfc4180() {
        assertThat(TableFormat.csv.print(HEAD, ROWS).lines().toList())
                .startsWith("arm,\"accuracy, %\",note")
                .contains("a_b & c\\{},-1.50 ± 0.2,\"a|b, \"\"c\"\"\"");
    }
}
