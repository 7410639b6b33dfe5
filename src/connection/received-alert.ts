import { AlertLevel } from '../messages/alert.ts';
import { AlertDescription, alert as alertOf } from '../names/alerts.ts';
import { Problem } from '../names/problems.ts';
import { Version } from '../names/versions.ts';

const maxWarnings = 5;

/** What an alert of the peer leads to: it closes, it says nothing, or it is a Problem that is thrown. */
export class AlertReader {
  private readonly where: string;
  private warningsInARow = 0;

  /** `where`: the reference's function, for the error lines. */
  constructor(where: string) {
    this.where = where;
  }

  /** Other content came in between. */
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

/** A fatal alert ends the conversation; nothing is answered. */
function peerAlert(description: number, where: string): Problem {
  const reason = 1000 + description;
  return new Problem('peerAlert', where, {
    line: { reason, text: alertOf(description)?.receivedReason ?? `reason(${reason})` },
    extra: `SSL alert number ${description}`,
  });
}
