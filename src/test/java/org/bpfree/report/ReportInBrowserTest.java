package org.bpfree.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report in a headless Chromium, where one is installed; pictures of it are left in {@code target/report-screens}. */
class ReportInBrowserTest {
    private static final String ATTACK = "fa</script><img src=x onerror=alert(1)>";
    private static final Path SCREENS = Path.of("target", "report-screens");
    private static final Optional<Path> CHROMIUM = Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name -> Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();

    @TempDir
    Path folder;

    private Path page;

    @BeforeEach
    void writeReport() throws IOException {
        assumeTrue(CHROMIUM.isPresent(), "no Chromium here: the report is not looked at in a browser");
        Files.createDirectories(SCREENS);
        CollectedRuns runs = new CollectedRuns();
        for (String learner : List.of("backprop", "ekdaa", ATTACK)) {
            for (int seed = 1; seed <= 2; seed++) {
                WrittenRun run = new WrittenRun(
                                folder.resolve(learner.substring(0, 2) + seed), "'" + learner + "'", seed)
                        .done(0.5 + 0.1 * seed);
                runs.add(run.folder(), any -> Pictures.none("Pictures were left out."));
            }
        }
        String html = new HtmlReport(runs.comparison("three learners"), runs::pictures).page("0.1.0");
        page = Files.writeString(folder.resolve("report.html"), html);
    }

    @Test
    void everyChartIsDrawnAndTheConsoleIsSilent() throws Exception {
        Seen seen = probe(
                "figures.forEach((figure) => { for (let at = figure.element; at; at = at.parentElement) at.open = true; draw(figure); });"
                        + "return figures.length + ' of ' + document.querySelectorAll('.drawing svg .series').length"
                        + " + (/NaN|no arm/.test(figures.map((figure) => figure.box.innerHTML).join()) ? ' broken' : '')");

        assertThat(seen.console).isEmpty();
        // Test accuracy, training accuracy and loss have three arms, the angle over epochs two: backpropagation has
        // none to itself.
        assertThat(seen.title).isEqualTo("4 of 11");
    }

    @Test
    void anErrorOfAScriptWouldBeSeen() throws Exception {
        Path broken = Files.writeString(
                folder.resolve("broken.html"), Files.readString(page).replace("d3.scalePoint(", "d3.noScale("));

        assertThat(open(broken, "--dump-dom").console).anyMatch(line -> line.contains("noScale"));
    }

    @Test
    void theLegendAndTheFilterRuleChartsTablesAndRuns() throws Exception {
        String count = "[...document.querySelectorAll('#table tbody tr')].filter((row) => !row.hidden).length + ' ' + "
                + "document.querySelectorAll('#learners .series').length";
        Seen seen = probe("draw(figures[0]); const all = " + count + "; keys[0].click(); const fewer = " + count
                + "; keys[0].click();"
                + "const field = document.getElementById('filter'); field.value = 'EKD'; field.dispatchEvent(new Event('input'));"
                + "return [all, fewer, " + count + "].join(', ')");

        assertThat(seen.title).isEqualTo("3 3, 2 2, 1 1");
    }

    @Test
    void tablesSortByTheNumberBehindWhatIsShown() throws Exception {
        Seen seen = probe("const table = document.createElement('table');"
                + "table.innerHTML = '<thead><tr><th class=number><button></button></th></tr></thead><tbody>'"
                + " + ['9', '10', '–', '-1'].map((text) => `<tr><td>${text}</td></tr>`).join('') + '</tbody>';"
                + "const read = () => [...table.tBodies[0].rows].map((row) => row.textContent).join(' ');"
                + "sort(table, table.querySelector('th'), 0); const down = read();"
                + "sort(table, table.querySelector('th'), 0); return down + ' / ' + read()");

        assertThat(seen.title).isEqualTo("10 9 -1 – / -1 9 10 –");
    }

    @Test
    void aPictureOfAChartStandsAlone() throws Exception {
        Seen seen = probe("const svg = picture(figures[0].chart, figures[0].chart.series, false);"
                + "const text = csv(figures[0].chart, figures[0].chart.series);"
                + "return [svg.includes('var('), svg.includes('class='), svg.includes('rgb(0, 114, 178)'), "
                + "svg.includes('<title>') || svg.includes('Test accuracy'), text.split('\\n')[1]].join(' ')");

        assertThat(seen.title).isEqualTo("false false true true backprop,65,1.469,128.53,2");
    }

    @Test
    void textOfRunsStaysTextWhenARunIsUnfolded() throws Exception {
        Seen seen = probe(
                "document.querySelectorAll('details').forEach((each) => { each.open = true; });"
                        + "document.querySelectorAll('details.run').forEach(unfold); figures.forEach(draw);"
                        + "return document.querySelectorAll('img[src=x]').length + ' ' + document.body.textContent.includes('onerror')");

        assertThat(seen.title).isEqualTo("0 true");
    }

    @Test
    void nothingIsWiderThanAPhone() throws Exception {
        Seen seen = probe(
                "figures.forEach(draw); return 'overflow ' + (document.documentElement.scrollWidth - innerWidth)",
                "--window-size=500,800");

        assertThat(seen.title).isEqualTo("overflow 0");
    }

    @Test
    void lightAndDarkScreensLookDifferent() throws Exception {
        int light = cornerOf(screen("light", "--window-size=1200,1600"));
        int dark = cornerOf(screen("dark", "--window-size=500,1600", "--blink-settings=preferredColorScheme=0"));

        assertThat(light).isEqualTo(0xffffffff);
        assertThat(dark).isEqualTo(0xff0d1117);
    }

    /** Opens the page with the body of a function in it, whose value becomes the title. */
    private Seen probe(String function, String... options) throws Exception {
        String script = "<script>document.title = (() => { " + function + " })()</script>";
        Path probed = Files.writeString(
                folder.resolve("probed.html"), Files.readString(page).replace("</body>", script + "</body>"));
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--dump-dom");
        return open(probed, all.toArray(String[]::new));
    }

    private Path screen(String name, String... options) throws Exception {
        Path file = SCREENS.resolve(name + ".png").toAbsolutePath();
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--screenshot=" + file);
        assertThat(open(page, all.toArray(String[]::new)).console).isEmpty();
        return file;
    }

    private static int cornerOf(Path picture) throws IOException {
        return ImageIO.read(picture.toFile()).getRGB(2, 2);
    }

    private record Seen(String output, String title, List<String> console) {}

    private Seen open(Path file, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                CHROMIUM.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(List.of(options));
        command.add(file.toUri().toString());
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process browser = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(browser.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String html = Files.readString(output);
        int title = html.indexOf("<title>") + "<title>".length();
        return new Seen(
                html,
                title > html.length() || !html.contains("</title>")
                        ? ""
                        : html.substring(title, html.indexOf("</title>")),
                Files.readString(errors)
                        .lines()
                        .filter(line -> line.contains("CONSOLE"))
                        .toList());
    }
}
