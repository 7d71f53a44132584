declare function setUp(): void;
export = setUp;
