package org.bpfree.tensor;

/**
 * The maps of a batch cut into square tiles that a two-dimensional filter makes at once. A band is one row of tiles of one map; bands
 * are numbered through all maps of the batch.
 *
 * @param batch number of maps
 * @param height of the maps whose tiles are counted
 * @param width of the maps whose tiles are counted
 * @param tile height and width of a tile; the last of a row or column may reach beyond the map
 */
record TileGrid(int batch, int height, int width, int tile) {
    /** Numbers that are worth a loop, while some rows of them stay in the first-level cache. */
    private static final int LONG = 512;

    int bandsOfMap() {
        return (height + tile - 1) / tile;
    }

    int bands() {
        return batch * bandsOfMap();
    }

    int tilesOfBand() {
        return (width + tile - 1) / tile;
    }

    int map(int band) {
        return band / bandsOfMap();
    }

    /** First row of a band within its map. */
    int top(int band) {
        return band % bandsOfMap() * tile;
    }

    /** Bands that together make rows of numbers worth a loop, for maps of so many channels. */
    int bandsAtOnce(int channels) {
        return Math.max(1, LONG / (tilesOfBand() * channels));
    }

    /** Pixels of the tiles of a map, those beyond its border included. */
    int pixelsOfMap() {
        return bandsOfMap() * tile * tilesOfBand() * tile;
    }
}
