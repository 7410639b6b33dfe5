import { encodeExtension } from '../../messages/extensions/extension.ts';
import { recordSizeLimit as kind } from '../../messages/extensions/record-size-limit.ts';
import type { Answer } from './answer.ts';

/** RFC 8449 section 4. Whoever is answered with this gets no max_fragment_length. */
export const answerRecordSizeLimit: Answer = ({ recordSizes }) =>
  recordSizes && encodeExtension(kind, 'serverHello', recordSizes.announced);
