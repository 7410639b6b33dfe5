import { AlertLevel } from '../messages/alert.ts';
import { AlertDescription, alert as alertOf } from '../names/alerts.ts';
import { Problem } from '../names/problems.ts';
import { Version } from '../names/versions.ts';

const maxWarnings = 5;

/** AlertReader decides the effect of a received alert: it closes, is ignored, or is thrown as a Problem. */
export class AlertReader {
  private readonly where: string;
  private warningsInARow = 0;

  /** `where` is the reference's function, for the error lines. */
  constructor(where: string) {
    this.where = where;
  }

  /** Resets the count of warnings after other content. */
  interrupted(): void {
    this.warningsInARow = 0;
  }

  /** @throws {Problem} */
  read(level: number, description: number, version: number): 'closes' | 'ignored' {
    const tls13 = version === Version['TLSv1.3'];
    const isCancel = description === AlertDescription.user_canceled;
    if (level === AlertLevel.warning || (tls13 && isCancel)) {
      this.warningsInARow++;
      if (this.warningsInARow === maxWarnings) throw new Problem('tooManyWarnAlerts', this.where);
    }
    if (tls13 && isCancel) return 'ignored';
    if (description === AlertDescription.close_notify && (tls13 || level === AlertLevel.warning)) return 'closes';
    if (level === AlertLevel.fatal || tls13) throw peerAlert(description, this.where);
    if (description === AlertDescription.no_renegotiation) throw new Problem('noRenegotiation', this.where);
    if (level === AlertLevel.warning) return 'ignored';
    throw new Problem('unknownAlertType', this.where);
  }
}

/** A fatal alert ends the connection without an answer. */
function peerAlert(description: number, where: string): Problem {
  const reason = 1000 + description;
  return new Problem('peerAlert', where, {
    line: { reason, text: alertOf(description)?.receivedReason ?? `reason(${reason})` },
    extra: `SSL alert number ${description}`,
  });
}
