/**
 * What both ends of a local socket share: frames and JSON text, without any dependency. It is no API: who needs it takes
 * it into the own jar when that is built ({@code -privatepackage}).
 */
package org.ladang.shell.wire;
