import type { MessageTemplate, TextProblem } from '#shared/contract/index.ts';
import type { FakeClient } from './fake-client.ts';
import { anId, dayMs, fixedNow } from './fixture-base.ts';
import { leadWith } from './lead-answers.ts';
import { aPreview, aTemplate } from './message-fixtures.ts';
import { letterTemplates } from './portfolio-fixtures.ts';

const email = (): MessageTemplate =>
  aTemplate({
    templateId: anId(1720),
    channel: 'email',
    name: 'Plan spłaty',
    state: 'edited',
    sample: true,
    body: {
      ...aTemplate().body,
      texts: {
        pl: {
          subject: 'Plan spłaty {{debtor.reference}}',
          blocks: [
            { style: 'heading', text: 'Plan spłaty' },
            {
              style: 'text',
              text: 'Dzień dobry,\n\nprzesyłamy plan: {{plan.count}} rat, następna {{plan.nextAmount}} dnia {{plan.nextDueOn}}.',
              when: { field: 'plan.count', is: 'more', than: 1 },
            },
            { style: 'button', text: 'Zapłać teraz', link: 'payment.link' },
            { style: 'small', text: '{{firm.name}}, {{firm.address}}' },
          ],
        },
        ru: { subject: 'План', blocks: [{ style: 'text', text: 'План погашения.' }] },
      },
      attachments: [
        {
          kind: 'letter',
          letterTemplateId: letterTemplates[0]?.letterTemplateId ?? anId(1),
          as: 'pdf',
        },
        { kind: 'document', documentKind: 'invoice', as: 'asIs' },
      ],
    },
  });

const templates = (): MessageTemplate[] => [
  aTemplate(),
  aTemplate({
    templateId: anId(1701),
    name: 'Przypomnienie o obiecanej wpłacie z terminem, kwotą i rachunkiem',
    state: 'draft',
    version: 0,
  }),
  aTemplate({ templateId: anId(1702), name: 'Stary wzór', state: 'retired', sample: true }),
  email(),
];

const problems: TextProblem[] = [
  {
    language: 'pl',
    rule: 'PL-C-08',
    pack: 'pl',
    source: 'PKE art. 398',
    problem: 'missing',
    element: 'optOut',
    words: null,
    blocks: true,
  },
  {
    language: 'pl',
    rule: null,
    pack: null,
    source: null,
    problem: 'unknown-field',
    element: 'total.balance',
    words: null,
    blocks: true,
  },
  {
    language: 'pl',
    rule: 'PL-C-11',
    pack: 'pl',
    source: 'Zasady dobrych praktyk KPF, pkt 20',
    problem: 'forbidden',
    element: 'threat',
    words: 'rezygnacja',
    blocks: false,
  },
];

const withTemplates = (found: readonly TextProblem[], all = templates()) =>
  leadWith((answers) => {
    answers['template.list'] = () => ({ templates: all });
    answers['template.check'] = () => ({ problems: [...found] });
    answers['template.save'] = ({ channel, name, templateId }) =>
      aTemplate({
        channel,
        name,
        templateId: (templateId ?? anId(1730)) as MessageTemplate['templateId'],
        state: 'draft',
      });
    answers['template.publish'] = ({ templateId }) =>
      aTemplate({ templateId: templateId as MessageTemplate['templateId'], version: 4 });
    answers['template.versions'] = () => ({
      versions: [3, 2, 1].map((version) => ({
        version,
        name: 'Kwota i rachunek',
        at: fixedNow - (10 - version) * 10 * dayMs,
        by: 'Marta Zielińska',
        body: aTemplate().body,
      })),
    });
    answers['template.preview'] = ({ draft, language }) => {
      const { subject, text, html } = aPreview(draft.channel);
      return {
        language: language ?? 'pl',
        subject: subject ?? '',
        text,
        html,
        missing: draft.channel === 'sms' ? ['payment.link'] : [],
        attachments: draft.channel === 'sms' ? [] : ['Plan spłaty 2026-11-21.pdf'],
      };
    };
  });

/** The texts of messages, as a lead writes them. */
export const templateScenarios: Record<string, (hands: { client: FakeClient }) => void> = {
  templates: withTemplates([]),
  templatesProblems: withTemplates(problems),
  templatesNone: withTemplates([], []),
};
