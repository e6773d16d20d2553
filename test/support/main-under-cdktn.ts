// The order matters: cdktf must be its fork before anything asks for it.
import './cdktf-is-cdktn';

import '../../main';
