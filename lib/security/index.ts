export * from './execution-role';
export * from './key-service';
export * from './kms-encryption';
