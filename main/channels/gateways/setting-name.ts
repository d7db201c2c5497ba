/** Row of `setting` that holds the settings of messages. */
export const MESSAGE_SETTING = 'message/settings';
