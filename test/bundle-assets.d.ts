declare function bundleAssets(): void;
export = bundleAssets;
