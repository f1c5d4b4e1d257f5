package org.bpfree.data.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.bpfree.data.Checksums;
import org.bpfree.data.ImageSet;
import org.bpfree.data.ImageShape;
import org.bpfree.data.Splits;
import org.bpfree.data.format.ImageFileWriter;
import org.bpfree.failure.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures are decoded once, anew when they change, and what was decoded is whole or not there. */
class ImageCacheTest {
    private static final String DATASET = "{folder: DIR/pets, size: [8, 8], channels: 1, split: 0.2}";

    @TempDir
    private Path folder;

    private OwnPictures pets;

    @BeforeEach
    void draw() {
        pets = new OwnPictures(folder);
        for (int i = 0; i < 10; i++) {
            pets.picture("pets/cat/" + i + ".png", i);
            pets.picture("pets/dog/" + i + ".png", 100 + i);
        }
    }

    @Test
    void picturesAreDecodedOnceAndTheirChecksumIsThatOfTheImages() {
        Splits first = pets.open(DATASET);
        assertThat(pets.work).containsOnly("decoding the training images of " + folder + "/pets");
        assertThat(first.train().mapped()).isTrue();
        assertThat(first.checksums()).containsValue(Checksums.of(first.train()));
        pets.work.clear();

        Splits second = pets.open(DATASET);

        assertThat(pets.work).isEmpty();
        assertThat(second.train().pixels()).isEqualTo(first.train().pixels());
        assertThat(decoded()).hasSize(1); // the test images are not read before they are asked for
        second.readTest();
        assertThat(decoded()).hasSize(2);
        assertThat(pets.warnings).isEmpty();
    }

    @Test
    void aChangeIsDecodedAndTheOldFileGoes() throws IOException {
        pets.open(DATASET);
        List<Path> before = decoded();
        PictureFolder known = (PictureFolder) pets.settings(DATASET, 2).dataset();
        Path changed = known.listing().get(() -> null).train().get(3).file();
        FileTime time = Files.getLastModifiedTime(changed);
        pets.picture(folder.relativize(changed).toString(), 255);
        Files.setLastModifiedTime(changed, time);

        ImageSet images = pets.open(DATASET).train();

        assertThat(images.read(3, 1)).containsOnly((byte) 255);
        assertThat(decoded()).hasSize(1).isNotEqualTo(before);
    }

    @Test
    void otherSettingsHaveFilesOfTheirOwn() {
        pets.open(DATASET);
        pets.open(DATASET.replace("[8, 8]", "[4, 4]"));
        pets.open(DATASET.replace("channels: 1", "channels: 3"));
        assertThat(decoded()).hasSize(3);
    }

    @Test
    void aDamagedFileIsMadeAnew() throws IOException {
        byte[] pixels = pets.open(DATASET).train().pixels();
        Path file = decoded().get(0);
        Files.write(file, new byte[5000]);

        assertThat(pets.open(DATASET).train().pixels()).isEqualTo(pixels);
    }

    @Test
    void whatNobodyHasUsedForAMonthGoes() throws IOException {
        pets.open(DATASET);
        Path old = decoded().get(0);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(31 * 24 * 3600)));
        Path temporary = Files.write(old.resolveSibling(".bpfree-1.tmp"), new byte[1]);
        Files.setLastModifiedTime(temporary, FileTime.from(Instant.now().minusSeconds(2 * 24 * 3600)));

        pets.open(DATASET.replace("[8, 8]", "[4, 4]"));

        assertThat(decoded()).hasSize(1).doesNotContain(old);
        assertThat(temporary).doesNotExist();
    }

    @Test
    void whatFailsOnTheWayLeavesNothing() {
        ImageCache.Wanted wanted = new ImageCache.Wanted("x", "x", "1", new ImageShape(8, 8, 1), 2, 5);
        assertThatThrownBy(() -> new ImageCache(folder, pets).get(wanted, writer -> {
                    writer.add(new byte[64], 0, 1);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("cannot write ")
                .hasMessageContaining("No space left on device");
        assertThatThrownBy(() -> new ImageCache(folder, pets).get(wanted, writer -> {
                    writer.add(new byte[64], 0, 1);
                    throw Failure.data("bad picture");
                }))
                .hasMessage("bad picture");
        assertThat(decoded()).isEmpty();
        assertThat(files()).allMatch(file -> file.toString().endsWith("lock"));
    }

    @Test
    void aDiskWithoutRoomIsToldBeforeAnythingIsDecoded() {
        ImageCache.Wanted vast =
                new ImageCache.Wanted("x", "x", "1", new ImageShape(512, 512, 4), 2, Integer.MAX_VALUE);
        assertThatThrownBy(() -> new ImageCache(folder, pets).get(vast, writer -> {
                    throw new AssertionError("nothing is decoded");
                }))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("bytes free, and 2251799812636672 bytes are needed");
    }

    @Test
    void aPictureThatChangesWhileOthersAreReadIsTold() {
        pets.warnings.clear();
        OwnPictures meddling = new OwnPictures(folder) {
            @Override
            public void progress(String done, long count, long total) {
                for (int i = 0; i < 5; i++) { // two of ten are test pictures
                    picture("pets/cat/" + i + ".png", 77, 9, 9);
                }
            }
        };
        assertThatThrownBy(() -> meddling.open(DATASET))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("has changed while the pictures were read");
        assertThat(decoded()).isEmpty();
    }

    @Test
    void ofTwoThatNeedTheSameImagesOneDecodesThem() throws Exception {
        ImageCache.Wanted wanted = new ImageCache.Wanted("x", "x", "1", new ImageShape(8, 8, 1), 2, 5);
        int[] written = {0};
        Callable<String> work = () -> new ImageCache(folder, pets)
                .get(wanted, (ImageFileWriter writer) -> {
                    written[0]++;
                    pause();
                    writer.add(new byte[64], 0, 1);
                    writer.finish(List.of("a note"));
                })
                .sha256();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<String>> both = threads.invokeAll(List.of(work, work));
        threads.shutdown();

        assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
        assertThat(written[0]).isEqualTo(1);
        assertThat(pets.notes).hasSize(1).first().asString().contains("waiting for another process");
    }

    @Test
    void fewUnreadablePicturesAreLeftOutAndToldEachTime() throws IOException {
        for (int i = 10; i < 130; i++) {
            pets.picture("pets/cat/" + i + ".png", i);
        }
        Files.writeString(folder.resolve("pets/cat/5.png"), "a text");
        Splits splits = pets.open(DATASET.replace("0.2", "0.02"));
        pets.open(DATASET.replace("0.2", "0.02"));

        assertThat(splits.train().size()).isEqualTo(136); // 140 less 3 of the test and the text
        assertThat(pets.warnings)
                .hasSize(2)
                .allMatch(warning -> warning.startsWith("1 of 137 pictures (training images of ")
                        && warning.contains("5.png is not a picture in a known format"));
    }

    @Test
    void picturesThatAreTestedAndLearnedFromAreCounted() {
        OwnPictures shared = new OwnPictures(folder);
        for (String name : List.of("a", "b")) {
            for (int i = 0; i < 4; i++) {
                shared.picture("shared/train/" + name + "/" + i + ".png", 10 * i + name.charAt(0));
                shared.picture("shared/test/" + name + "/" + i + ".png", 10 * i + name.charAt(0) + (i < 2 ? 0 : 5));
            }
        }
        shared.open("{folder: DIR/shared, size: [8, 8], channels: 1}").readTest();
        assertThat(shared.warnings)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("4 of 8 test images of " + folder + "/shared are also among those to learn from");
    }

    private static void pause() {
        try {
            Thread.sleep(400);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Path> decoded() {
        return files().stream()
                .filter(file -> file.toString().endsWith(".images"))
                .toList();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder.resolve("decoded"))) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
