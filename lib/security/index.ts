export * from './data-scientist-role';
export * from './execution-role';
export * from './key-service';
export * from './kms-encryption';
export * from './ml-ops-engineer-role';
export * from './persona-role-props';
export * from './secure-vpc';
