export * from './container-image';
export * from './data-capture';
export * from './endpoint-grants';
export * from './hosting';
export * from './model-data';
export * from './monitored-endpoint';
export * from './monitored-endpoint-props';
