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
        HtmlReport report = new HtmlReport();
        for (String learner : List.of("ekdaa", "fa")) {
            for (int seed = 1; seed <= 2; seed++) {
                WrittenRun run = new WrittenRun(folder.resolve(learner + seed), learner, seed).done(0.5 + 0.1 * seed);
                report.add(run.folder(), any -> Pictures.none("Pictures were left out."));
            }
        }
        page = Files.writeString(folder.resolve("report.html"), report.page("0.1.0"));
    }

    @Test
    void everyChartIsDrawnAndTheConsoleIsSilent() throws Exception {
        Seen seen = open(page, "--dump-dom");

        assertThat(seen.console).isEmpty();
        assertThat(seen.output.split("<canvas", -1)).hasSizeGreaterThan(4);
        assertThat(seen.output)
                .as("Chart.js sets the size of a canvas it draws on")
                .doesNotContain("<canvas role=\"img\" aria-label=\"Accuracy\"></canvas>");
    }

    @Test
    void anErrorOfAScriptWouldBeSeen() throws Exception {
        Path broken = Files.writeString(
                folder.resolve("broken.html"), Files.readString(page).replace("new Chart(", "new NoChart("));

        assertThat(open(broken, "--dump-dom").console).anyMatch(line -> line.contains("NoChart"));
    }

    @Test
    void nothingIsWiderThanAPhone() throws Exception {
        String probe =
                "<script>document.title = 'overflow ' + (document.documentElement.scrollWidth - innerWidth)</script>";
        Path probed = Files.writeString(
                folder.resolve("probed.html"), Files.readString(page).replace("</body>", probe + "</body>"));

        assertThat(open(probed, "--dump-dom", "--window-size=500,800").output).contains("<title>overflow 0</title>");
    }

    @Test
    void lightAndDarkScreensLookDifferent() throws Exception {
        int light = cornerOf(screen("light", "--window-size=1200,1600"));
        int dark = cornerOf(screen("dark", "--window-size=500,1600", "--blink-settings=preferredColorScheme=0"));

        assertThat(light).isEqualTo(0xffffffff);
        assertThat(dark).isEqualTo(0xff0d1117);
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

    private record Seen(String output, List<String> console) {}

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
        return new Seen(
                Files.readString(output),
                Files.readString(errors)
                        .lines()
                        .filter(line -> line.contains("CONSOLE"))
                        .toList());
    }
}
