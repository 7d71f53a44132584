export { onChange } from './change';
export { isComplete, onEvent } from './deployment';
