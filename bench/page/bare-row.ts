import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

/** A page with one row and nothing else: what React itself costs. */
createRoot(document.body).render(createElement('p', null, 'One row'));
